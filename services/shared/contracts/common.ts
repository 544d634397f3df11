import { z } from "zod";

/** Identifiers are UUIDs everywhere but staff ids, which better-auth makes. */
export const Id = z.uuid();
/** An instant as ISO 8601 in UTC with milliseconds, for example `2026-03-01T09:00:00.000Z`. */
export const Instant = z.iso.datetime();
/** Lower-case hexadecimal SHA-256 digest. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Any JSON. */
export const JsonValue = z.json();

export const RoleType = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type RoleType = z.infer<typeof RoleType>;

/** What each role type is called on every page. */
export const ROLE_TYPE_NAMES: Record<RoleType, string> = {
  1: "API integrator",
  2: "ML engineer",
  3: "AI systems engineer",
};

export const StaffRole = z.enum(["admin", "reviewer"]);
export type StaffRole = z.infer<typeof StaffRole>;

export const AttemptState = z.enum(["provisioning", "running", "sealing", "submitted", "ended", "failed"]);
export type AttemptState = z.infer<typeof AttemptState>;

/** `run`: a submission once more, for one reviewer. */
export const AttemptKind = z.enum(["scored", "practice", "run"]);
export type AttemptKind = z.infer<typeof AttemptKind>;

export const SandboxState = z.enum(["starting", "ready", "frozen", "lost", "removed"]);
export type SandboxState = z.infer<typeof SandboxState>;

export const EndReason = z.enum(["candidate", "deadline", "admin", "revoked", "failed"]);
export type EndReason = z.infer<typeof EndReason>;

/** Text a person typed into one line: trimmed, 1 to 200 characters, no control characters. */
export const ShortText = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), "must not contain control characters");
