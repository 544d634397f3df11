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

/** What needs someone, what runs, what has not begun, what is over. */
export const BoardGroup = z.enum(["attention", "live", "waiting", "done"]);
export type BoardGroup = z.infer<typeof BoardGroup>;

/** From when on a running attempt needs someone to look at it. */
export const BOARD_LIMITS = {
  staleHealthSec: 60,
  /** Nothing saved although a processor is busy. */
  staleSaveSec: 180,
  busyCpuPercent: 20,
  nearlyFull: 0.92,
} as const;

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
  group: BoardGroup,
  /** The last mail of the invitation; null when none was sent. */
  email: z
    .object({ state: z.enum(["waiting", "sent", "failed"]), at: Instant })
    .nullable()
    .default(null),
  /** Requests of the candidate that wait for an answer. */
  openRequests: z.int().default(0),
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
      /** Since when the attempt is paused for a fault of the platform; its deadline moves by as much. */
      pausedAt: Instant.nullable().default(null),
      pauseReason: z.string().nullable().default(null),
      /** Someone asked for it to go on, and it will in a moment. */
      resumeRequestedAt: Instant.nullable().default(null),
      /** The end was asked for, by the candidate or an admin; sealing begins in a moment. */
      submitRequestedAt: Instant.nullable().default(null),
      /** Faults the mock APIs were made to show. */
      faultCount: z.int().default(0),
      unreadMessages: z.int().default(0),
    })
    .nullable(),
  practiceRunning: z.boolean(),
  submissionId: Id.nullable(),
});
export type BoardItem = z.infer<typeof BoardItem>;
export const BOARD_PAGE_SIZE = 50;
/** `GET /api/admin/board`, and its `/events`. Trials are never on it. */
export const BoardQuery = z.object({
  assessmentId: Id.optional(),
  group: BoardGroup.optional(),
  /** Every word must occur in the name, the e-mail address or the assessment's title. */
  search: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
});
export type BoardQuery = z.infer<typeof BoardQuery>;
export const BoardView = z.object({
  now: Instant,
  /** One page: what needs someone first, then what ends first, then the newest. */
  items: z.array(BoardItem),
  page: z.int().default(1),
  pageCount: z.int().default(1),
  /** Of all that the search and the assessment leave, whatever `group` is. */
  counts: z.object({ attention: z.int(), live: z.int(), waiting: z.int(), done: z.int() }),
  /** Requests of candidates that wait for an answer, of all invitations. */
  openRequests: z.int().default(0),
  /** What can be filtered by: every assessment that somebody was invited to. */
  assessments: z.array(z.object({ id: Id, title: z.string() })).default([]),
});
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
  /** Send the link by e-mail. @throws mail_not_configured */
  sendEmail: z.boolean().default(false),
  /** A repeated request with the same key answers with the invitation that the first one made. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{8,100}$/)
    .optional(),
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
  /** A repeated request with the same key gives no more time. */
  idempotencyKey: z
    .string()
    .regex(/^[\x21-\x7e]{8,100}$/)
    .optional(),
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
