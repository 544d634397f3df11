import { z } from "zod";
import { Instant, Sha256 } from "./common.ts";

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
  before: z.json().nullable(),
  after: z.json().nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  previousHash: Sha256,
  hash: Sha256,
});
export type AuditEvent = z.infer<typeof AuditEvent>;
