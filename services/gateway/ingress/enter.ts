import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { openTicket, type WorkspaceAccess } from "../../shared/domain/workspace-access.ts";
import type { Gatekeeper } from "./gatekeeper.ts";
import type { SandboxOrigin } from "./origin.ts";
import { REFUSALS, type Refusal } from "./pages.ts";
import { holdsSession, sessionCookie } from "./session-cookie.ts";
import type { UsedTickets } from "./used-tickets.ts";

export const ENTER_PATH = "/_worksample/enter";

export interface EnterParts {
  sealer: TokenSealer;
  usedTickets: UsedTickets;
  gatekeeper: Gatekeeper;
}

/**
 * Trades a ticket, once, for the cookie of this origin, and goes to `/`: nothing in the address says where to, so
 * nobody can make it lead elsewhere. Answers unless it returns a refusal.
 *
 * Looking is not entering: HEAD requests, prefetches, and visits while the workspace is away leave the ticket good.
 */
export async function enter(
  request: IncomingMessage,
  response: ServerResponse,
  origin: SandboxOrigin,
  query: URLSearchParams,
  { sealer, usedTickets, gatekeeper }: EnterParts,
): Promise<Refusal | undefined> {
  if (request.method !== "GET") {
    const status = request.method === "HEAD" ? 200 : 405;
    response.writeHead(status, { allow: "GET, HEAD", "cache-control": "no-store" }).end();
    return;
  }
  if (isSpeculative(request)) {
    // Any answer but a failure could be kept and shown instead of the real one.
    response.writeHead(503, { "cache-control": "no-store" }).end();
    return;
  }
  const nowMs = Date.now();
  // A page that is loaded again brings the ticket it came with; its cookie is as good as ever.
  const hasSession = holdsSession(sealer, request.headers.cookie, origin, nowMs);
  const ticket = readTicket(sealer, query.get("ticket"), origin, nowMs);
  const admission = await gatekeeper.admit(origin.attemptId, hasSession || ticket !== null);
  if ("refusal" in admission) return admission.refusal;
  if (hasSession) return redirect(response);
  if (!ticket || !usedTickets.spend(ticket.jti, ticket.expiresAt, nowMs)) return REFUSALS.signInAgain;
  redirect(response, sessionCookie(sealer, origin, randomUUID(), nowMs));
}

function readTicket(
  sealer: TokenSealer,
  token: string | null,
  origin: SandboxOrigin,
  nowMs: number,
): WorkspaceAccess | null {
  const ticket = openTicket(sealer, token ?? "", nowMs);
  return ticket?.attemptId === origin.attemptId && ticket.target === origin.target ? ticket : null;
}

function redirect(response: ServerResponse, cookie?: string): undefined {
  response.writeHead(303, {
    location: "/",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    ...(cookie ? { "set-cookie": cookie } : {}),
  });
  response.end();
}

function isSpeculative({ headers }: IncomingMessage): boolean {
  const purposes = [headers["sec-purpose"], headers.purpose, headers["x-moz"]];
  return purposes.some(
    (purpose) => typeof purpose === "string" && /prefetch|preview|prerender/i.test(purpose),
  );
}
