import { z } from "zod";
import { Id, Instant, RoleType } from "./common.ts";
import { Ratings, Recommendation, Rubric } from "./rubric.ts";
import { OmissionReason } from "./tree.ts";

/** A reviewer never meets a name, an e-mail or an attempt id: only a code name such as `Quiet Heron 41`. */
export const QueueItem = z.object({
  submissionId: Id,
  codeName: z.string(),
  assessmentTitle: z.string(),
  roleTitle: z.string(),
  roleType: RoleType,
  sealedAt: Instant,
  myReview: z.enum(["none", "draft", "submitted"]),
  reviewsSubmitted: z.int(),
});
export type QueueItem = z.infer<typeof QueueItem>;
export const QueueView = z.object({ items: z.array(QueueItem) });

export const ReviewView = z.object({
  id: Id,
  state: z.enum(["draft", "submitted"]),
  ratings: Ratings,
  summary: z.string(),
  recommendation: Recommendation.nullable(),
  /** Send it back with a save; a save with an old one is refused with `review_conflict`. */
  revision: z.int(),
  updatedAt: Instant,
  submittedAt: Instant.nullable(),
});
export type ReviewView = z.infer<typeof ReviewView>;

export const SubmissionView = z.object({
  submissionId: Id,
  codeName: z.string(),
  sealedAt: Instant,
  reason: z.enum(["candidate", "deadline", "admin"]),
  fileCount: z.int(),
  totalBytes: z.int(),
  archiveSha256: z.string(),
  notesToReviewer: z.string(),
  assessment: z.object({
    title: z.string(),
    roleTitle: z.string(),
    roleType: RoleType,
    brief: z.string(),
    aiPolicy: z.object({ kind: z.string(), statement: z.string() }),
    /** There were language models to call, and packages to install. */
    hasModels: z.boolean().default(false),
    hasPackages: z.boolean().default(false),
  }),
  rubric: Rubric,
  review: ReviewView.nullable(),
});
export type SubmissionView = z.infer<typeof SubmissionView>;

export const FileChange = z.enum(["added", "modified", "unchanged", "deleted"]);

/** `index` addresses the file: names may not be valid UTF-8. Deleted files come from the starter. */
export const SubmissionEntry = z.object({
  index: z.int(),
  path: z.string(),
  type: z.enum(["file", "symlink"]),
  size: z.int(),
  change: FileChange,
  /** Index of the starter's version, when there is one. */
  starterIndex: z.int().nullable(),
});
export type SubmissionEntry = z.infer<typeof SubmissionEntry>;

export const SubmissionTreeView = z.object({
  entries: z.array(SubmissionEntry),
  omitted: z.array(z.object({ path: z.string(), reason: OmissionReason })),
  /** Paths under `.git` are counted, not shown: they hold identities. */
  hiddenGitFiles: z.int(),
  /** There are more entries than are listed. */
  truncated: z.boolean(),
});
export type SubmissionTreeView = z.infer<typeof SubmissionTreeView>;

/** `GET …/files/:side/:index`. `text` never holds the candidate's name or e-mail. */
export const FileView = z.object({
  path: z.string(),
  size: z.int(),
  sha256: z.string().nullable(),
  kind: z.enum(["text", "binary", "image", "symlink"]),
  /** For `image`: PNG, JPEG, GIF or WebP as base64, recognised by content. */
  imageType: z.string().nullable(),
  imageBase64: z.string().nullable(),
  text: z.string().nullable(),
  /** The text is the beginning only. */
  truncated: z.boolean(),
  /** Something was replaced to keep the review blind. */
  redacted: z.boolean(),
});
export type FileView = z.infer<typeof FileView>;

export const SaveReviewRequest = z.object({
  revision: z.int(),
  ratings: Ratings,
  summary: z.string().max(20_000),
  recommendation: Recommendation.nullable(),
});
export const SubmitReviewRequest = z.object({ revision: z.int() });
