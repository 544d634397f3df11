import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { WorkspaceLinkResponse } from "../../shared/contracts/candidate.ts";
import { Id } from "../../shared/contracts/common.ts";
import { RunLinkRequest, RunSpendingRequest, RunView } from "../../shared/contracts/run.ts";
import { SecretBox } from "../../shared/domain/secret-box.ts";
import { REVIEWERS } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf, requireStaff } from "../plugins/access.ts";
import type { RunOwner } from "../records/run.ts";
import { allowSpending, endRun, startRun } from "./run/change-run.ts";
import { makeRunLink } from "./run/run-link.ts";
import { readRunView } from "./run/run-view.ts";

const RUN = "/api/review/submissions/:submissionId/run";
const params = z.object({ submissionId: Id });
const tags = ["review"];
const config = { access: REVIEWERS };

/** A reviewer's own run of a submission: each reviewer sees, enters and ends only theirs. */
export function registerRunRoutes(app: App, context: ApiContext): void {
  const { db, sealer } = context;
  const box = new SecretBox(context.config.secret);

  app.get(
    RUN,
    {
      config,
      schema: {
        tags,
        operationId: "readRun",
        summary: "My latest run of a submission",
        params,
        response: { 200: RunView },
      },
    },
    (request) => readRunView(db, box, ownerOf(request, request.params)),
  );

  app.post(
    RUN,
    {
      config: { ...config, audit: "run.start" },
      schema: {
        tags,
        operationId: "startRun",
        summary: "Run a submission in a sandbox of its own, or return my open run",
        params,
        response: { 200: RunView },
      },
    },
    async (request) => {
      const owner = ownerOf(request, request.params);
      await startRun(db, owner, auditActorOf(request));
      return readRunView(db, box, owner);
    },
  );

  app.delete(
    RUN,
    {
      config: { ...config, audit: "run.end" },
      schema: {
        tags,
        operationId: "endRun",
        summary: "End my run; nothing of it is kept",
        params,
        response: { 200: RunView },
      },
    },
    async (request) => {
      const owner = ownerOf(request, request.params);
      await endRun(db, owner, auditActorOf(request));
      return readRunView(db, box, owner);
    },
  );

  app.post(
    `${RUN}/workspace-links`,
    {
      // It opens what the start of the run has recorded.
      config: { ...config, audit: null },
      schema: {
        tags,
        operationId: "createRunLink",
        summary: "A one-time address into the sandbox of my run",
        params,
        body: RunLinkRequest,
        response: { 200: WorkspaceLinkResponse },
      },
    },
    (request) => makeRunLink(db, context.config, sealer, ownerOf(request, request.params), request.body),
  );

  app.post(
    `${RUN}/spending`,
    {
      config: { ...config, audit: "run.allow_spending" },
      schema: {
        tags,
        operationId: "allowRunSpending",
        summary: "Let my run ask models what is not on the record, for so many dollars in all",
        params,
        body: RunSpendingRequest,
        response: { 200: RunView },
      },
    },
    async (request) => {
      const owner = ownerOf(request, request.params);
      await allowSpending(db, owner, request.body.usd, auditActorOf(request));
      return readRunView(db, box, owner);
    },
  );
}

/** Who asks is the owner: there is no way to name somebody else's run. */
function ownerOf(request: FastifyRequest, { submissionId }: { submissionId: string }): RunOwner {
  return { submissionId, reviewerId: requireStaff(request).id };
}
