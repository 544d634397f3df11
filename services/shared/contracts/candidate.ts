import { z } from "zod";
import { AttemptState, EndReason, Id, Instant, RoleType, SandboxState, Sha256 } from "./common.ts";
import { DatasetTable } from "./dataset.ts";
import { ModelOffer } from "./models.ts";
import { PackageOffer } from "./packages.ts";
import { Receipt } from "./receipt.ts";
import { Omission } from "./tree.ts";

/** `POST /api/candidate/sessions`: trades the token of a personal link for a cookie of this invitation alone. */
export const OpenInvitationRequest = z.object({ token: z.string().min(1).max(200) });
export const OpenInvitationResponse = z.object({ invitationId: Id });

/** Where one sitting (or one practice) stands. All instants are the server's. */
export const AttemptView = z.object({
  id: Id,
  state: AttemptState,
  sandboxState: SandboxState.nullable(),
  startedAt: Instant.nullable(),
  deadlineAt: Instant.nullable(),
  limitSec: z.int(),
  credits: z.array(z.object({ seconds: z.int(), reason: z.string(), at: Instant })),
  lastSavedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endReason: EndReason.nullable(),
  /** A sentence for people when `state` is `failed`. */
  failure: z.string().nullable(),
  /** Submit was pressed; sealing begins in a moment. */
  submitRequestedAt: Instant.nullable().default(null),
  /** The platform stopped the clock then, and `deadlineAt` will move by as much as it stands still. */
  pausedAt: Instant.nullable().default(null),
  pauseReason: z.string().nullable().default(null),
  /** From the people who run the assessment, oldest first. */
  messages: z
    .array(z.object({ id: Id, text: z.string(), sentAt: Instant, readAt: Instant.nullable() }))
    .default([]),
});
export type AttemptView = z.infer<typeof AttemptView>;

/** Models and packages of the version, with what is recorded of their use. Derived, so that nobody can forget to say it. */
export const LobbyOffers = z.object({ models: z.array(ModelOffer), packages: z.array(PackageOffer) });
export type LobbyOffers = z.infer<typeof LobbyOffers>;

/** What the lobby shows; the task itself is not in it. */
export const LobbyView = z.object({
  company: z.object({ name: z.string(), about: z.string() }),
  role: z.object({ title: z.string(), type: RoleType, typeName: z.string() }),
  title: z.string(),
  expectations: z.string(),
  disclosures: z.array(z.string()),
  aiPolicy: z.object({ kind: z.string(), statement: z.string() }),
  /** With extra time, if any, already in it. */
  limitSec: z.int(),
  /** `limitSec` holds extra time (an accommodation). Told to the candidate alone. */
  extraTimeIncluded: z.boolean().default(false),
  practiceLimitSec: z.int(),
  offers: LobbyOffers.default({ models: [], packages: [] }),
  consentVersion: z.string(),
});
export type LobbyView = z.infer<typeof LobbyView>;

/** `GET /api/candidate/invitations/:id`, and each `state` event of its event stream. */
export const CandidateView = z.object({
  /** The server's clock when this was written; the page corrects its own by it. */
  now: Instant,
  invitationId: Id,
  candidateName: z.string(),
  /** Until when the attempt may be started. */
  expiresAt: Instant,
  consentedAt: Instant.nullable(),
  lobby: LobbyView,
  attempt: AttemptView.nullable(),
  practice: AttemptView.nullable(),
  /** What the candidate asked for, newest first. */
  requests: z
    .array(
      z.object({
        id: Id,
        kind: z.enum(["new_date", "extra_time"]),
        message: z.string(),
        wantedDate: z.iso.date().nullable(),
        state: z.enum(["open", "granted", "declined", "withdrawn"]),
        answer: z.string(),
        createdAt: Instant,
        answeredAt: Instant.nullable(),
      }),
    )
    .default([]),
});
export type CandidateView = z.infer<typeof CandidateView>;

export const ConsentRequest = z.object({ accepted: z.literal(true), consentVersion: z.string().max(64) });

/** `GET …/task`: readable from Start on. */
export const TaskView = z.object({
  brief: z.string(),
  datasets: z.array(z.object({ mountName: z.string(), mountPath: z.string(), title: z.string() })),
  mockApis: z.array(z.object({ hostname: z.string(), baseUrl: z.string(), title: z.string() })),
  notesToReviewer: z.string(),
});
export type TaskView = z.infer<typeof TaskView>;

/** `GET …/datasets/:mountName`. */
export const DatasetGuide = z.object({
  mountName: z.string(),
  mountPath: z.string(),
  title: z.string(),
  description: z.string(),
  /** Markdown. */
  card: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.int() })),
  tables: z.array(DatasetTable),
});
export type DatasetGuide = z.infer<typeof DatasetGuide>;

/** `GET …/mock-apis/:hostname`. */
export const MockApiReference = z.object({
  hostname: z.string(),
  baseUrl: z.string(),
  /** What to send as the API key in this attempt. */
  apiKey: z.string().nullable(),
  /** The OpenAPI 3.1 document. */
  document: z.record(z.string(), z.unknown()),
});
export type MockApiReference = z.infer<typeof MockApiReference>;

/** `POST …/workspace-links`: a one-time way into the sandbox origin, valid for a minute. */
export const WorkspaceLinkRequest = z.object({
  attempt: z.enum(["scored", "practice"]),
  /** The IDE, or the candidate's own app on this port. */
  target: z.union([z.literal("ide"), z.int().min(1024).max(65535)]),
});
export const WorkspaceLinkResponse = z.object({ url: z.string(), expiresAt: Instant });

export const NotesRequest = z.object({ notes: z.string().max(20_000) });
export const NotesResponse = z.object({ savedAt: Instant });

export const SubmitRequest = z.object({ confirm: z.literal(true), notes: z.string().max(20_000).optional() });

/** `GET …/receipt`. */
export const ReceiptView = z.object({
  receipt: Receipt,
  archiveSha256: Sha256,
  files: z.array(z.object({ path: z.string(), size: z.int(), sha256: Sha256 })),
  /** More files were archived than are listed. */
  filesTruncated: z.boolean(),
  omitted: z.array(Omission),
  downloadUrl: z.string(),
});
export type ReceiptView = z.infer<typeof ReceiptView>;
