import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import {
  FileView,
  QueueView,
  ReviewView,
  SaveReviewRequest,
  SubmissionTreeView,
  SubmissionView,
  SubmitReviewRequest,
} from "../../shared/contracts/review.ts";
import type { Tree } from "../../shared/contracts/tree.ts";
import { REVIEWERS } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf, requireStaff } from "../plugins/access.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { redactorOf } from "../records/blind-identity.ts";
import { listQueue } from "../records/review-queue.ts";
import type { SubmissionRow } from "../records/submission.ts";
import { readFileView } from "./file-view.ts";
import { presentTree } from "./submission-tree.ts";
import {
  presentQueueItem,
  presentReview,
  readSubmissionView,
  requireSubmissionRow,
} from "./submission-view.ts";
import { saveDraft, startReview, submitReview } from "./write-review.ts";

const BASE = "/api/review/submissions/:submissionId";
const SubmissionParams = z.object({ submissionId: Id });
const FileParams = SubmissionParams.extend({
  side: z.enum(["submission", "starter"]),
  index: z.coerce.number().int().min(0).max(10_000_000),
});
const tags = ["review"];
const config = { access: REVIEWERS };

/** What reviewers read: blind. */
export function registerReadingRoutes(app: App, context: ApiContext): void {
  const { db, blobs, trees } = context;

  app.get(
    "/api/review/queue",
    {
      config,
      schema: {
        tags,
        operationId: "listReviewQueue",
        summary: "Submissions to review",
        response: { 200: QueueView },
      },
    },
    async (request) => ({ items: (await listQueue(db, requireStaff(request).id)).map(presentQueueItem) }),
  );

  app.get(
    BASE,
    {
      config,
      schema: {
        tags,
        operationId: "readSubmission",
        summary: "A submission with its rubric and my review",
        params: SubmissionParams,
        response: { 200: SubmissionView },
      },
    },
    (request) => readSubmissionView(db, request.params.submissionId, requireStaff(request).id),
  );

  app.get(
    `${BASE}/tree`,
    {
      config,
      schema: {
        tags,
        operationId: "readSubmissionTree",
        summary: "Its files, compared with the starter files",
        params: SubmissionParams,
        response: { 200: SubmissionTreeView },
      },
    },
    async (request) => {
      const submission = await requireSubmissionRow(db, request.params.submissionId);
      const redact = await redactorOf(db, submission.id);
      return presentTree(
        await trees.read(submission.treeSha256),
        await readStarter(context, submission),
        redact,
      );
    },
  );

  app.get(
    `${BASE}/files/:side/:index`,
    {
      config,
      schema: {
        tags,
        operationId: "readSubmissionFile",
        summary: "One file of the submission, or of the starter files",
        params: FileParams,
        response: { 200: FileView },
      },
    },
    async (request) => {
      const submission = await requireSubmissionRow(db, request.params.submissionId);
      const redact = await redactorOf(db, submission.id);
      const tree =
        request.params.side === "starter"
          ? await readStarter(context, submission)
          : await trees.read(submission.treeSha256);
      return readFileView(blobs, tree, request.params.index, redact);
    },
  );
}

async function readStarter({ db, trees }: ApiContext, submission: SubmissionRow): Promise<Tree> {
  const { spec } = await getAssessmentVersion(db, submission.assessmentVersionId);
  return trees.read(spec.starterTreeSha256);
}

/** What reviewers write: each their own review. */
export function registerReviewRoutes(app: App, { db }: ApiContext): void {
  app.post(
    `${BASE}/review`,
    {
      config: { ...config, audit: "review.start" },
      schema: {
        tags,
        operationId: "startReview",
        summary: "Start my review, or return it",
        params: SubmissionParams,
        response: { 200: ReviewView },
      },
    },
    async (request) =>
      presentReview(
        await startReview(db, request.params.submissionId, requireStaff(request).id, auditActorOf(request)),
      ),
  );

  app.put(
    `${BASE}/review`,
    {
      // A draft is saved at every pause in typing; what counts is recorded when it is submitted.
      config: { ...config, audit: null },
      schema: {
        tags,
        operationId: "saveReview",
        summary: "Save the draft of my review",
        params: SubmissionParams,
        body: SaveReviewRequest,
        response: { 200: ReviewView },
      },
    },
    async (request) =>
      presentReview(await saveDraft(db, request.params.submissionId, requireStaff(request).id, request.body)),
  );

  app.post(
    `${BASE}/review/submit`,
    {
      config: { ...config, audit: "review.submit" },
      schema: {
        tags,
        operationId: "submitReview",
        summary: "Submit my review; it cannot be changed afterwards",
        params: SubmissionParams,
        body: SubmitReviewRequest,
        response: { 200: ReviewView },
      },
    },
    async (request) => {
      const { submissionId } = request.params;
      const reviewerId = requireStaff(request).id;
      const { revision } = request.body;
      return presentReview(await submitReview(db, submissionId, reviewerId, revision, auditActorOf(request)));
    },
  );
}
