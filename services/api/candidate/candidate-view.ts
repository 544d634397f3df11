import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { AttemptView, CandidateView, LobbyView } from "../../shared/contracts/candidate.ts";
import { type AttemptKind, ROLE_TYPE_NAMES } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { allowedSec } from "../../shared/domain/clock.ts";
import { consentVersionOf } from "../../shared/domain/consent.ts";
import { offersOf } from "../../shared/domain/offers.ts";
import { requireStanding } from "../access/candidate-session.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { type AttemptRow, findLatestAttempt, findSandboxState } from "../records/attempt.ts";
import { listMessages } from "../records/attempt-message.ts";
import { listRequestsOf, presentRequest } from "../records/candidate-request.ts";
import { findInvitation, findInvitationFacts } from "../records/invitation.ts";
import { listTimeCredits } from "../records/time-credit.ts";

/**
 * All that a candidate's page shows.
 * @throws PlatformError when the invitation no longer stands, so that a live page learns of it.
 */
export async function readCandidateView(
  connection: Connection,
  invitationId: string,
): Promise<CandidateView> {
  const facts = await findInvitationFacts(connection, invitationId);
  const invitation = await findInvitation(connection, invitationId);
  if (!facts || !invitation) throw new PlatformError("invitation_not_found");
  requireStanding(facts);
  const { spec } = await getAssessmentVersion(connection, invitation.assessmentVersionId);
  return {
    now: facts.now.toISOString(),
    invitationId,
    candidateName: invitation.candidateName,
    expiresAt: invitation.expiresAt.toISOString(),
    consentedAt: invitation.consentedAt?.toISOString() ?? null,
    lobby: presentLobby(spec, invitation.extraTimeFactor),
    attempt: await readAttempt(connection, invitationId, "scored"),
    practice: await readAttempt(connection, invitationId, "practice"),
    requests: (await listRequestsOf(connection, invitationId)).map(presentRequest),
  };
}

function presentLobby(spec: AssessmentSpec, extraTimeFactor: number): LobbyView {
  return {
    company: spec.company,
    role: { ...spec.role, typeName: ROLE_TYPE_NAMES[spec.role.type] },
    title: spec.title,
    expectations: spec.expectations,
    disclosures: spec.disclosures,
    aiPolicy: spec.aiPolicy,
    limitSec: allowedSec(spec.limitSec, extraTimeFactor),
    extraTimeIncluded: extraTimeFactor > 1,
    practiceLimitSec: spec.practiceLimitSec,
    offers: offersOf(spec),
    consentVersion: consentVersionOf(spec),
  };
}

async function readAttempt(
  connection: Connection,
  invitationId: string,
  kind: AttemptKind,
): Promise<AttemptView | null> {
  const attempt = await findLatestAttempt(connection, invitationId, kind);
  if (!attempt) return null;
  const [sandboxState, credits, messages] = await Promise.all([
    findSandboxState(connection, attempt.id),
    listTimeCredits(connection, attempt.id),
    listMessages(connection, attempt.id),
  ]);
  return {
    ...presentAttempt(attempt),
    sandboxState,
    credits: credits.map((credit) => ({ ...credit, at: credit.at.toISOString() })),
    // Who wrote it is nothing a candidate needs to know.
    messages: messages.map(({ id, text, sentAt, readAt }) => ({
      id,
      text,
      sentAt: sentAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
  };
}

function presentAttempt(attempt: AttemptRow): Omit<AttemptView, "sandboxState" | "credits" | "messages"> {
  return {
    id: attempt.id,
    state: attempt.state,
    startedAt: attempt.startedAt?.toISOString() ?? null,
    deadlineAt: attempt.deadlineAt?.toISOString() ?? null,
    limitSec: allowedSec(attempt.limitSec, attempt.extraTimeFactor),
    submitRequestedAt: attempt.submitRequestedAt?.toISOString() ?? null,
    lastSavedAt: attempt.lastSnapshotAt?.toISOString() ?? null,
    endedAt: attempt.endedAt?.toISOString() ?? null,
    endReason: attempt.endReason,
    failure: attempt.failure,
    pausedAt: (attempt.state === "running" && attempt.pausedAt?.toISOString()) || null,
    pauseReason: attempt.state === "running" ? attempt.pauseReason : null,
  };
}
