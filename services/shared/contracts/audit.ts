import { z } from "zod";
import { Instant, JsonValue, Sha256 } from "./common.ts";

/** Who did it: a signed-in person, a program with an API token, or a command on the server. */
export const AuditActorKind = z.enum(["staff", "token", "command"]);

/** What was acted on; `label` is what people call it at that time. */
export const AuditSubject = z.object({ type: z.string(), id: z.string(), label: z.string() });
export type AuditSubject = z.infer<typeof AuditSubject>;

export const AuditEvent = z.object({
  /** Consecutive from 1. */
  id: z.int().min(1),
  at: Instant,
  actor: z.object({ kind: AuditActorKind, id: z.string().nullable(), name: z.string() }),
  /** `<subject>.<verb>`, for example `invitation.create`. */
  action: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  subject: AuditSubject,
  /** What changed, as it was and as it is; null where there was nothing. Never secrets or file contents. */
  before: JsonValue.nullable(),
  after: JsonValue.nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  previousHash: Sha256,
  hash: Sha256,
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** What to show of the log. All that is given must hold. */
export const AuditQuery = z.object({
  /** Only events with a smaller id: the next page. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Who acted: the id of a member of staff or of a token. */
  actor: z.string().max(100).optional(),
  /** A whole action, or its first part: `invitation` finds `invitation.create`. */
  action: z.string().max(100).optional(),
  subjectType: z.string().max(100).optional(),
  subjectId: z.string().max(200).optional(),
  /** Found in the names of who acted and of what was acted on. */
  search: z.string().trim().max(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditPage = z.object({
  items: z.array(AuditEvent),
  /** What `before` must be for the next page; null on the last one. */
  nextBefore: z.int().nullable(),
});
export type AuditPage = z.infer<typeof AuditPage>;

/** Everyone and everything that the log has events of, to choose from. */
export const AuditFacets = z.object({
  actors: z.array(z.object({ kind: AuditActorKind, id: z.string(), name: z.string() })),
  actions: z.array(z.string()),
});
export type AuditFacets = z.infer<typeof AuditFacets>;

export const AuditExportQuery = AuditQuery.omit({ before: true, limit: true }).extend({
  format: z.enum(["csv", "jsonl"]).default("jsonl"),
});

export const AuditCheck = z.object({
  checked: z.int().min(0),
  /** Of the newest event; write it down elsewhere, and a log cut short will show. Null for an empty log. */
  head: z.object({ id: z.int(), hash: Sha256 }).nullable(),
  fault: z
    .object({ id: z.int(), reason: z.enum(["missing_event", "wrong_previous_hash", "wrong_hash"]) })
    .nullable(),
});
export type AuditCheck = z.infer<typeof AuditCheck>;
