import type { FastifyReply, FastifyRequest } from "fastify";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { ApiContext } from "../context.ts";
import { findApiToken, touchApiToken } from "../records/api-token.ts";
import { findInvitationFacts } from "../records/invitation.ts";
import { CANDIDATE_COOKIE, openCandidateSession, requireSight } from "./candidate-session.ts";
import type { Access, Caller } from "./policy.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Who is calling, as far as the route cares: a candidate's cookie means nothing on a staff route and the other
 * way round. An Authorization header is never mixed with a cookie.
 */
export async function identify(
  context: ApiContext,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Caller> {
  switch (access.kind) {
    case "public":
      return { kind: "anonymous" };
    case "candidate":
      return identifyCandidate(context, request);
    case "staff":
      return request.headers.authorization === undefined
        ? identifyStaff(context, request, reply)
        : identifyToken(context, request.headers.authorization);
    case "operator":
      return request.headers.authorization === undefined
        ? identifyLocal(request)
        : identifyToken(context, request.headers.authorization);
  }
}

async function identifyCandidate(context: ApiContext, request: FastifyRequest): Promise<Caller> {
  const { invitationId } = request.params as { invitationId?: string };
  const session = openCandidateSession(context.sealer, request.cookies[CANDIDATE_COOKIE], Date.now());
  if (!session || !invitationId || !UUID.test(invitationId) || session.invitationId !== invitationId)
    return { kind: "anonymous" };
  const facts = await findInvitationFacts(context.db, invitationId);
  if (!facts || facts.linkGeneration !== session.linkGeneration) return { kind: "anonymous" };
  requireSight(facts);
  return { kind: "candidate", invitationId, attemptId: facts.attemptId };
}

async function identifyStaff(
  context: ApiContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Caller> {
  const cookie = request.headers.cookie;
  if (!cookie) return { kind: "anonymous" };
  const { member, setCookies } = await context.staff.identify(cookie);
  if (setCookies.length > 0) reply.header("set-cookie", setCookies);
  return member ? { kind: "staff", ...member } : { kind: "anonymous" };
}

/** A header that is there must be right: falling back to "anonymous" would hide an expired token. */
async function identifyToken(context: ApiContext, header: string): Promise<Caller> {
  const token = /^Bearer (wsk_[A-Za-z0-9_-]{43})$/i.exec(header)?.[1];
  const row = token === undefined ? null : await findApiToken(context.db, token);
  if (!row) throw new PlatformError("invalid_api_token");
  await touchApiToken(context.db, row.id);
  return { kind: "token", tokenId: row.id, name: row.name, scopes: row.scopes };
}

/**
 * The connection itself must come from this machine, and must not be a proxy's: one that runs here would make
 * the whole world local.
 */
function identifyLocal(request: FastifyRequest): Caller {
  const address = request.socket.remoteAddress ?? "";
  const direct = /^(127\.|::1$|::ffff:127\.)/.test(address);
  const forwarded = ["x-forwarded-for", "forwarded", "x-real-ip", "via"].some(
    (name) => name in request.headers,
  );
  return direct && !forwarded ? { kind: "local" } : { kind: "anonymous" };
}
