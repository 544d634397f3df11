import { CandidateView } from "../../shared/contracts/candidate.ts";
import { Id } from "../../shared/contracts/common.ts";
import { AskRequest } from "../../shared/contracts/invitation-studio.ts";
import { CANDIDATE } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { readCandidateView } from "./candidate-view.ts";
import { askFor, readMessage, withdrawRequest } from "./requests.ts";
import { CANDIDATE_BASE, InvitationParams } from "./routes.ts";

const tags = ["candidate"];
const config = { access: CANDIDATE };

/** What candidates and the people who invited them have to say to each other. */
export function registerRequestsOfCandidates(app: App, { db }: ApiContext): void {
  app.post(
    `${CANDIDATE_BASE}/requests`,
    {
      config,
      schema: {
        tags,
        operationId: "askForSomething",
        summary: "Ask for another date or for extra time",
        params: InvitationParams,
        body: AskRequest,
        response: { 201: CandidateView },
      },
    },
    async (request, reply) => {
      const { invitationId } = request.params;
      await askFor(db, invitationId, request.body);
      return reply.code(201).send(await readCandidateView(db, invitationId));
    },
  );

  app.post(
    `${CANDIDATE_BASE}/requests/:requestId/withdraw`,
    {
      config,
      schema: {
        tags,
        operationId: "withdrawRequest",
        summary: "Take back what was asked for",
        params: InvitationParams.extend({ requestId: Id }),
        response: { 200: CandidateView },
      },
    },
    async (request) => {
      const { invitationId, requestId } = request.params;
      await withdrawRequest(db, invitationId, requestId);
      return readCandidateView(db, invitationId);
    },
  );

  app.post(
    `${CANDIDATE_BASE}/messages/:messageId/read`,
    {
      config,
      schema: {
        tags,
        operationId: "readMessage",
        summary: "Put a message away",
        params: InvitationParams.extend({ messageId: Id }),
        response: { 200: CandidateView },
      },
    },
    async (request) => {
      const { invitationId, messageId } = request.params;
      await readMessage(db, invitationId, messageId);
      return readCandidateView(db, invitationId);
    },
  );
}
