import { z } from "zod";
import { BoardItem, ExtendAttemptRequest, ExtendAttemptResponse } from "../../shared/contracts/admin.ts";
import { Id } from "../../shared/contracts/common.ts";
import {
  AttemptMessage,
  EndAttemptRequest,
  PauseAttemptRequest,
  SendMessageRequest,
} from "../../shared/contracts/invitation-studio.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { readBoardItem } from "./board.ts";
import { endAttemptByAdmin } from "./end-attempt.ts";
import { extendAttempt } from "./extend-attempt.ts";
import { messageCandidate } from "./message-candidate.ts";
import { pauseAttempt, resumeAttempt } from "./pause-attempt.ts";

const tags = ["attempts"];
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });
const params = z.object({ attemptId: Id });

/** Stepping in while a candidate works. */
export function registerAttemptRoutes(app: App, context: ApiContext): void {
  const { db } = context;

  app.post(
    "/api/admin/attempts/:attemptId/extend",
    {
      config: writing("attempt.extend"),
      schema: {
        tags,
        operationId: "extendAttempt",
        summary: "Give a running attempt more time",
        params,
        body: ExtendAttemptRequest,
        response: { 200: ExtendAttemptResponse },
      },
    },
    async (request) => {
      const { attemptId } = request.params;
      const extended = await extendAttempt(db, attemptId, request.body, auditActorOf(request));
      return { ...extended, deadlineAt: extended.deadlineAt.toISOString() };
    },
  );

  app.post(
    "/api/admin/attempts/:attemptId/messages",
    {
      config: writing("attempt.message"),
      schema: {
        tags,
        operationId: "messageCandidate",
        summary: "Show the candidate a message",
        params,
        body: SendMessageRequest,
        response: { 201: AttemptMessage },
      },
    },
    async (request, reply) => {
      const { attemptId } = request.params;
      const message = await messageCandidate(db, attemptId, request.body.text, auditActorOf(request));
      return reply.code(201).send({ ...message, sentAt: message.sentAt.toISOString() });
    },
  );

  app.post(
    "/api/admin/attempts/:attemptId/pause",
    {
      config: writing("attempt.pause"),
      schema: {
        tags,
        operationId: "pauseAttempt",
        summary: "Stop clock and workspace for a fault of the platform",
        params,
        body: PauseAttemptRequest,
        response: { 202: BoardItem },
      },
    },
    async (request, reply) => {
      const { attemptId } = request.params;
      const { reason } = request.body;
      const { invitationId } = await pauseAttempt(db, attemptId, reason, auditActorOf(request));
      return reply.code(202).send(await readBoardItem(db, context, invitationId));
    },
  );

  app.post(
    "/api/admin/attempts/:attemptId/resume",
    {
      config: writing("attempt.resume"),
      schema: {
        tags,
        operationId: "resumeAttempt",
        summary: "Let a paused attempt go on, with the time given back",
        params,
        response: { 202: BoardItem },
      },
    },
    async (request, reply) => {
      const { invitationId } = await resumeAttempt(db, request.params.attemptId, auditActorOf(request));
      return reply.code(202).send(await readBoardItem(db, context, invitationId));
    },
  );

  app.post(
    "/api/admin/attempts/:attemptId/end",
    {
      config: writing("attempt.end"),
      schema: {
        tags,
        operationId: "endAttempt",
        summary: "Seal a running attempt as it stands",
        params,
        body: EndAttemptRequest,
        response: { 202: BoardItem },
      },
    },
    async (request, reply) => {
      const { attemptId } = request.params;
      const { reason } = request.body;
      const { invitationId } = await endAttemptByAdmin(db, attemptId, reason, auditActorOf(request));
      return reply.code(202).send(await readBoardItem(db, context, invitationId));
    },
  );
}
