import { z } from "zod";
import {
  AttemptState,
  EndReason,
  Id,
  Instant,
  RoleType,
  SandboxState,
  ShortText,
  StaffRole,
} from "./common.ts";

export const AssessmentVersionItem = z.object({
  id: Id,
  assessmentTitle: z.string(),
  number: z.int(),
  roleTitle: z.string(),
  roleType: RoleType,
  limitSec: z.int(),
});
export const AssessmentVersionList = z.object({ items: z.array(AssessmentVersionItem) });

export const SandboxHealth = z.object({
  at: Instant,
  memoryBytes: z.int(),
  memoryLimitBytes: z.int(),
  cpuPercent: z.number(),
  diskUsedBytes: z.int(),
  diskLimitBytes: z.int(),
  ideAnswers: z.boolean(),
});
export type SandboxHealth = z.infer<typeof SandboxHealth>;

export const InvitationStatus = z.enum(["open", "not_yet_valid", "expired", "revoked", "used"]);

/** One row of the board: an invitation and, once started, its scored attempt. */
export const BoardItem = z.object({
  invitationId: Id,
  candidateName: z.string(),
  candidateEmail: z.string(),
  assessmentTitle: z.string(),
  assessmentVersion: z.int(),
  status: InvitationStatus,
  link: z.string(),
  validFrom: Instant,
  expiresAt: Instant,
  extraTimeFactor: z.number(),
  attempt: z
    .object({
      id: Id,
      state: AttemptState,
      startedAt: Instant.nullable(),
      deadlineAt: Instant.nullable(),
      creditedSec: z.int(),
      lastSavedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      endReason: EndReason.nullable(),
      failure: z.string().nullable(),
      sandboxState: SandboxState.nullable(),
      epoch: z.int(),
      health: SandboxHealth.nullable(),
    })
    .nullable(),
  practiceRunning: z.boolean(),
  submissionId: Id.nullable(),
});
export type BoardItem = z.infer<typeof BoardItem>;
export const BoardView = z.object({ now: Instant, items: z.array(BoardItem) });
export type BoardView = z.infer<typeof BoardView>;

export const CreateInvitationRequest = z.object({
  assessmentVersionId: Id,
  candidateName: ShortText,
  candidateEmail: z.email().max(254),
  /** Default: 14 days from now. */
  expiresAt: Instant.optional(),
  validFrom: Instant.optional(),
  /** Accommodation: 1.5 gives half as much time again. Never shown to reviewers. */
  extraTimeFactor: z.number().min(1).max(5).default(1),
});
export const CreateInvitationResponse = z.object({ invitationId: Id, link: z.string(), expiresAt: Instant });

export const RevokeInvitationRequest = z.object({ reason: z.string().trim().max(500).default("") });

export const ExtendAttemptRequest = z.object({
  seconds: z
    .int()
    .min(1)
    .max(24 * 3600),
  /** Shown to the candidate. */
  reason: ShortText,
});
export const ExtendAttemptResponse = z.object({ deadlineAt: Instant, creditedSec: z.int() });

export const StaffMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: StaffRole,
  createdAt: Instant,
});
export const StaffList = z.object({ items: z.array(StaffMember) });
export const CreateStaffRequest = z.object({
  name: ShortText,
  email: z.email().max(254),
  role: StaffRole,
  password: z.string().min(12).max(128),
});

/** `POST /api/auth/sign-in/email`; the session is in the cookie of the answer. */
export const SignInRequest = z.object({
  email: z.string().min(1).max(254),
  password: z.string().min(1).max(128),
});

/** `GET /api/staff/me`. */
export const StaffMe = z.object({ id: z.string(), name: z.string(), email: z.string(), role: StaffRole });
export type StaffMe = z.infer<typeof StaffMe>;
