import { z } from "zod";
import {
  CandidateView,
  ConsentRequest,
  OpenInvitationRequest,
  OpenInvitationResponse,
} from "../../shared/contracts/candidate.ts";
import { Id } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { consentVersionOf } from "../../shared/domain/consent.ts";
import { CANDIDATE_COOKIE, candidateCookieOptions } from "../access/candidate-session.ts";
import { CANDIDATE, PUBLIC } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { sendEventStream } from "../live/send-stream.ts";
import { type RateLimits, strictLimit } from "../plugins/rate-limit.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { findInvitation, recordConsent } from "../records/invitation.ts";
import { readCandidateView } from "./candidate-view.ts";
import { openInvitation } from "./open-invitation.ts";
import { stopPractice } from "./practice.ts";
import { startAttempt, startPractice } from "./start-attempt.ts";

export const CANDIDATE_BASE = "/api/candidate/invitations/:invitationId";
export const InvitationParams = z.object({ invitationId: Id });
const tags = ["candidate"];
const config = { access: CANDIDATE };

/** From opening the link to pressing Start. */
export function registerLobbyRoutes(app: App, context: ApiContext, limits: RateLimits): void {
  const { db, sealer, live } = context;

  app.post(
    "/api/candidate/sessions",
    {
      config: { access: PUBLIC, ...strictLimit(limits.openLink) },
      schema: {
        tags,
        operationId: "openInvitation",
        summary: "Trade the token of a personal link for a session",
        body: OpenInvitationRequest,
        response: { 200: OpenInvitationResponse },
      },
    },
    async (request, reply) => {
      const { invitationId, session } = await openInvitation(db, sealer, request.body.token);
      reply.setCookie(CANDIDATE_COOKIE, session, candidateCookieOptions(context.config, invitationId));
      return { invitationId };
    },
  );

  app.get(
    CANDIDATE_BASE,
    {
      config,
      schema: {
        tags,
        operationId: "readCandidateView",
        summary: "Where the candidate stands",
        params: InvitationParams,
        response: { 200: CandidateView },
      },
    },
    (request) => readCandidateView(db, request.params.invitationId),
  );

  app.get(
    `${CANDIDATE_BASE}/events`,
    {
      config,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "followCandidateView",
        summary: "The same, live: `state` events",
        params: InvitationParams,
      },
    },
    (request, reply) => sendEventStream(reply, live.candidateStream(request.params.invitationId)),
  );

  app.post(
    `${CANDIDATE_BASE}/consent`,
    {
      config,
      schema: {
        tags,
        operationId: "giveConsent",
        summary: "Accept the conditions",
        params: InvitationParams,
        body: ConsentRequest,
        response: { 200: CandidateView },
      },
    },
    async (request) => {
      const { invitationId } = request.params;
      await giveConsent(context, invitationId, request.body.consentVersion);
      return readCandidateView(db, invitationId);
    },
  );

  const acts = [
    ["post", "/practice", 202, "startPractice", "Ask for a practice workspace", startPractice],
    ["delete", "/practice", 200, "stopPractice", "Give the practice workspace up", stopPractice],
    ["post", "/start", 202, "startAttempt", "Start the scored sitting", startAttempt],
  ] as const;
  for (const [method, path, status, operationId, summary, act] of acts) {
    app[method](
      `${CANDIDATE_BASE}${path}`,
      {
        config,
        schema: {
          tags,
          operationId,
          summary,
          params: InvitationParams,
          response: { [status]: CandidateView },
        },
      },
      async (request, reply) => {
        await act(db, request.params.invitationId);
        return reply.code(status).send(await readCandidateView(db, request.params.invitationId));
      },
    );
  }
}

/** @throws PlatformError consent_outdated when the lobby showed other conditions than those that hold. */
async function giveConsent({ db }: ApiContext, invitationId: string, version: string): Promise<void> {
  const invitation = await findInvitation(db, invitationId);
  if (!invitation) throw new PlatformError("invitation_not_found");
  const { spec } = await getAssessmentVersion(db, invitation.assessmentVersionId);
  if (consentVersionOf(spec) !== version) throw new PlatformError("consent_outdated");
  await recordConsent(db, invitationId, version);
}
