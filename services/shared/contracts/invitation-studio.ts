import { z } from "zod";
import { BoardItem } from "./admin.ts";
import { Id, Instant, ShortText } from "./common.ts";

/**
 * Inviting, writing to candidates, answering what they ask for, and stepping in while they work. What is sent with
 * an `idempotencyKey` may be sent again: the second request finds what the first one did and does nothing more.
 */

/** Chosen by the caller for one intended change, for example a random UUID. */
export const IdempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,100}$/, "must be 8 to 100 printable characters without spaces");
export const ExtraTimeFactor = z.number().min(1).max(5);
/** Text of several lines: trimmed, no control characters but line breaks and tabs. */
const LongText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text), "must not contain control characters");

/* ── E-mail ──────────────────────────────────────────────────────────────────────────────────────────────── */

/** `invitation`: the personal link. `answer`: what became of a candidate's request. */
export const EmailTemplateName = z.enum(["invitation", "answer"]);
export type EmailTemplateName = z.infer<typeof EmailTemplateName>;

/** What each template may hold, as `{{name}}`, and what stands there when the mail leaves. */
export const EMAIL_PLACEHOLDERS = {
  candidate_name: "The candidate's name",
  company: "The company of the assessment",
  role: "The role the assessment is for",
  assessment: "The title of the assessment",
  duration: "How long the candidate has, extra time included",
  valid_from: "From when the link can be used",
  expires: "Until when the link can be used",
  link: "The personal link",
  request: "What the candidate asked for",
  answer: "The answer to it",
} as const;
export type EmailPlaceholder = keyof typeof EMAIL_PLACEHOLDERS;
/** Those that mean something in each template, and those without which it would be of no use. */
export const PLACEHOLDERS_OF: Record<
  EmailTemplateName,
  { known: readonly EmailPlaceholder[]; required: readonly EmailPlaceholder[] }
> = {
  invitation: {
    known: ["candidate_name", "company", "role", "assessment", "duration", "valid_from", "expires", "link"],
    required: ["link"],
  },
  answer: {
    known: [
      "candidate_name",
      "company",
      "role",
      "assessment",
      "duration",
      "valid_from",
      "expires",
      "link",
      "request",
      "answer",
    ],
    required: ["answer"],
  },
};

export const EmailSubject = ShortText;
export const EmailBody = LongText(20_000).pipe(z.string().min(1));

export const EmailTemplate = z.object({
  name: EmailTemplateName,
  subject: z.string(),
  /** Plain text with placeholders. An empty line begins a new paragraph. */
  body: z.string(),
  /** 0 while it is as it was delivered. */
  revision: z.int(),
  isDefault: z.boolean(),
  updatedAt: Instant.nullable(),
});
export type EmailTemplate = z.infer<typeof EmailTemplate>;

/** `GET /api/admin/email`: whether mail can be sent, and the templates. */
export const EmailSettings = z.object({
  /** False: no mail server is set up; links can be copied all the same. */
  isConfigured: z.boolean(),
  /** The sender's address. */
  from: z.string().nullable(),
  templates: z.array(EmailTemplate),
});
export type EmailSettings = z.infer<typeof EmailSettings>;

/** `PUT /api/admin/email/templates/:name`. @throws email_template_conflict, placeholder_unknown, placeholder_missing */
export const SaveEmailTemplateRequest = z.object({
  /** The revision that was edited; no greater than the database can compare it with. */
  revision: z
    .int()
    .min(0)
    .max(2 ** 31 - 2),
  subject: EmailSubject,
  body: EmailBody,
});
/** `POST /api/admin/email/templates/:name/preview`: how it would read, with made-up values; nothing is saved. */
export const PreviewEmailRequest = z.object({ subject: EmailSubject, body: EmailBody });
export const EmailPreview = z.object({ subject: z.string(), text: z.string(), html: z.string() });
export type EmailPreview = z.infer<typeof EmailPreview>;

export const EmailState = z.enum(["waiting", "sent", "failed"]);
export const EmailItem = z.object({
  id: Id,
  template: EmailTemplateName,
  recipient: z.string(),
  state: EmailState,
  /** How often it was tried. */
  attempts: z.int(),
  /** What the mail server last said, while waiting for another try or failed. */
  failure: z.string().nullable(),
  nextTryAt: Instant.nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
});
export type EmailItem = z.infer<typeof EmailItem>;

/** `POST /api/admin/invitations/:id/emails`: sends the invitation's mail, again if it was sent before. */
export const SendEmailRequest = z.object({ template: z.literal("invitation").default("invitation") });

/* ── Invitations ─────────────────────────────────────────────────────────────────────────────────────────── */

/** `PATCH /api/admin/invitations/:id`, before the candidate starts. What is absent stays. */
export const EditInvitationRequest = z
  .object({
    validFrom: Instant.optional(),
    expiresAt: Instant.optional(),
    extraTimeFactor: ExtraTimeFactor.optional(),
  })
  .refine((edit) => Object.values(edit).some((value) => value !== undefined), "names nothing to change");

/** `POST /api/admin/invitations/:id/reinvite`: another invitation for the same person; the old link ends. */
export const ReinviteRequest = z.object({
  /** Default: the version of the old invitation. */
  assessmentVersionId: Id.optional(),
  validFrom: Instant.optional(),
  /** Default: 14 days from now. */
  expiresAt: Instant.optional(),
  /** Default: as in the old invitation. */
  extraTimeFactor: ExtraTimeFactor.optional(),
  sendEmail: z.boolean().default(false),
  idempotencyKey: IdempotencyKey.optional(),
});

/** `POST /api/admin/invitations/bulk`. A table as text, or the bytes of a file. */
export const BULK_MAX_BYTES = 1024 * 1024;
export const BULK_MAX_ROWS = 5000;
const bulkFields = {
  assessmentVersionId: Id,
  /** CSV or TSV, pasted. */
  text: z.string().max(BULK_MAX_BYTES).optional(),
  /** The bytes of a CSV or TSV file in any usual encoding, base64. */
  fileBase64: z
    .base64()
    .max(Math.ceil(BULK_MAX_BYTES / 3) * 4)
    .optional(),
  /** For rows without an own window. */
  validFrom: Instant.optional(),
  expiresAt: Instant.optional(),
  extraTimeFactor: ExtraTimeFactor.default(1),
  /** IANA name; says when a day that is given without a time begins and ends. */
  timeZone: z.string().max(64).default("UTC"),
};
const hasOneSource = (request: { text?: string | undefined; fileBase64?: string | undefined }) =>
  (request.text === undefined) !== (request.fileBase64 === undefined);
const oneSource = "needs either text or fileBase64";
/** `POST /api/admin/invitations/bulk/check`: reads the table and says, row by row, what would happen. */
export const CheckBulkRequest = z.object(bulkFields).refine(hasOneSource, oneSource);
export const CreateBulkRequest = z
  .object({
    ...bulkFields,
    idempotencyKey: IdempotencyKey,
    /** Invite the rows that are fine although others are not. */
    leaveOutProblems: z.boolean().default(false),
    sendEmail: z.boolean().default(false),
  })
  .refine(hasOneSource, oneSource);

export const BulkProblem = z.object({
  field: z.enum(["row", "name", "email", "validFrom", "expiresAt", "extraTimeFactor"]),
  code: z.enum(["missing", "invalid", "too_long", "repeated_in_file", "already_invited", "too_many_values"]),
  message: z.string(),
});
export const BulkRow = z.object({
  /** In the text, from 1; a quoted value may span several lines, this is the first. */
  line: z.int().min(1),
  name: z.string(),
  email: z.string(),
  /** As they would be; null where they cannot be read. */
  validFrom: Instant.nullable(),
  expiresAt: Instant.nullable(),
  extraTimeFactor: z.number().nullable(),
  /** Empty: this row can be invited. */
  problems: z.array(BulkProblem),
});
export type BulkRow = z.infer<typeof BulkRow>;
export const BulkField = z.enum([
  "name",
  "first_name",
  "last_name",
  "email",
  "validFrom",
  "expiresAt",
  "extraTimeFactor",
]);
export type BulkField = z.infer<typeof BulkField>;
export const BulkReport = z.object({
  /** How the file was read. */
  dialect: z.object({
    encoding: z.string(),
    delimiter: z.enum([",", ";", "\t", "|"]),
    hasHeader: z.boolean(),
    /** Each column of the table; `field` is null where it is not used. */
    columns: z.array(z.object({ header: z.string(), field: BulkField.nullable() })),
  }),
  rows: z.array(BulkRow),
  readyCount: z.int(),
  problemCount: z.int(),
});
export type BulkReport = z.infer<typeof BulkReport>;
export const BulkResult = z.object({
  batchId: Id,
  /** In the order of the table. */
  created: z.array(
    z.object({ line: z.int(), invitationId: Id, name: z.string(), email: z.string(), link: z.string() }),
  ),
  leftOut: z.array(z.object({ line: z.int(), email: z.string(), problems: z.array(BulkProblem) })),
  /** The same request came before: nothing was created this time. */
  isRepeat: z.boolean(),
});
export type BulkResult = z.infer<typeof BulkResult>;

/* ── What candidates ask for ─────────────────────────────────────────────────────────────────────────────── */

export const RequestKind = z.enum(["new_date", "extra_time"]);
export type RequestKind = z.infer<typeof RequestKind>;
export const RequestState = z.enum(["open", "granted", "declined", "withdrawn"]);

/** `POST /api/candidate/invitations/:id/requests`. */
export const AskRequest = z.object({
  kind: RequestKind,
  message: LongText(2000).pipe(z.string().min(1)),
  /** For a new date: the day the candidate hopes for. */
  wantedDate: z.iso.date().optional(),
});

/** A request as its candidate sees it. */
export const CandidateRequestView = z.object({
  id: Id,
  kind: RequestKind,
  message: z.string(),
  wantedDate: z.iso.date().nullable(),
  state: RequestState,
  answer: z.string(),
  createdAt: Instant,
  answeredAt: Instant.nullable(),
});
export type CandidateRequestView = z.infer<typeof CandidateRequestView>;

/** A request as admins see it. */
export const AdminRequestItem = CandidateRequestView.extend({
  invitationId: Id,
  candidateName: z.string(),
  candidateEmail: z.string(),
  assessmentTitle: z.string(),
  validFrom: Instant,
  expiresAt: Instant,
  extraTimeFactor: z.number(),
  /** False once the candidate started or the invitation was withdrawn: only declining is left. */
  canGrant: z.boolean(),
  answeredBy: z.string().nullable(),
});
export type AdminRequestItem = z.infer<typeof AdminRequestItem>;
/** `GET /api/admin/requests?state=open|answered`. */
export const AdminRequestList = z.object({
  items: z.array(AdminRequestItem),
  openCount: z.int(),
});
export type AdminRequestList = z.infer<typeof AdminRequestList>;

/** `POST /api/admin/requests/:requestId/answer`. */
export const AnswerRequest = z.discriminatedUnion("decision", [
  z.object({
    decision: z.literal("grant"),
    /** Shown to the candidate; may be empty. */
    answer: LongText(2000).default(""),
    /** For a new date: when the link may be used from now on. */
    validFrom: Instant.optional(),
    expiresAt: Instant.optional(),
    /** For extra time: what the time is multiplied with from now on. */
    extraTimeFactor: ExtraTimeFactor.optional(),
    sendEmail: z.boolean().default(false),
  }),
  z.object({
    decision: z.literal("decline"),
    answer: LongText(2000).pipe(z.string().min(1, "must say why")),
    sendEmail: z.boolean().default(false),
  }),
]);

/* ── While they work ─────────────────────────────────────────────────────────────────────────────────────── */

/** `POST /api/admin/attempts/:attemptId/messages`: shown to the candidate at once, on every page of theirs. */
export const SendMessageRequest = z.object({ text: LongText(1000).pipe(z.string().min(1)) });
export const AttemptMessage = z.object({
  id: Id,
  text: z.string(),
  sentAt: Instant,
  /** When the candidate put it away. */
  readAt: Instant.nullable(),
});
export type AttemptMessage = z.infer<typeof AttemptMessage>;

/** `POST /api/admin/attempts/:attemptId/pause`: a fault of ours; the candidate reads the reason. */
export const PauseAttemptRequest = z.object({ reason: ShortText });
/** `POST …/end`: seals the work as it stands. */
export const EndAttemptRequest = z.object({ reason: ShortText });

/** `GET /api/admin/invitations/:id`: a row of the board with all that belongs to it. */
export const InvitationDetails = z.object({
  item: BoardItem,
  createdAt: Instant,
  createdBy: z.string().nullable(),
  revokedAt: Instant.nullable(),
  revokeReason: z.string().nullable(),
  consentedAt: Instant.nullable(),
  /** The invitation this one replaced, and the one that replaced it. */
  reinvitedFrom: Id.nullable(),
  reinvitedAs: Id.nullable(),
  /** Window and extra time can still be changed. */
  canEdit: z.boolean(),
  canReinvite: z.boolean(),
  emails: z.array(EmailItem),
  requests: z.array(CandidateRequestView),
  messages: z.array(AttemptMessage.extend({ sentBy: z.string().nullable() })),
  credits: z.array(z.object({ seconds: z.int(), reason: z.string(), at: Instant })),
  /** Faults the mock APIs were made to show to this attempt, most frequent first. */
  faults: z.array(z.object({ hostname: z.string(), fault: z.string(), count: z.int() })),
});
export type InvitationDetails = z.infer<typeof InvitationDetails>;
