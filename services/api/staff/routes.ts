import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { SignInRequest, StaffMe } from "../../shared/contracts/admin.ts";
import { recordAudit } from "../../shared/db/audit-log.ts";
import { ANY_STAFF, PUBLIC } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { originOf, requireStaff } from "../plugins/access.ts";
import { limitBy, type RateLimits, strictLimit } from "../plugins/rate-limit.ts";

const tags = ["staff"];
const Done = z.object({ ok: z.literal(true) });

export function registerStaffRoutes(app: App, { staff, db }: ApiContext, limits: RateLimits): void {
  /** Writes down whose session begins or ends; nothing where the cookie is nobody's. */
  async function recordSession(
    cookie: string,
    request: FastifyRequest,
    action: "session.sign_in" | "session.sign_out",
  ): Promise<void> {
    const { member } = await staff.identify(cookie);
    if (!member) return;
    const actor = { kind: "staff", id: member.id, name: member.name, ...originOf(request) } as const;
    const subject = { type: "staff", id: member.id, label: member.name };
    await db.transaction().execute((transaction) => recordAudit(transaction, actor, { action, subject }));
  }

  app.post(
    "/api/auth/sign-in/email",
    {
      config: { access: PUBLIC, ...strictLimit(limits.signIn) },
      preHandler: limitBy(app, "sign-in", limits.signInPerEmail, (request) =>
        (request.body as { email: string }).email.trim().toLowerCase(),
      ),
      schema: {
        tags,
        operationId: "signIn",
        summary: "Sign in",
        description: "The session is in an HttpOnly cookie of the answer.",
        body: SignInRequest,
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      const headers = new Headers({ "user-agent": request.headers["user-agent"] ?? "" });
      headers.set("x-forwarded-for", request.ip);
      const { setCookies } = await staff.signIn(request.body.email, request.body.password, headers);
      reply.header("set-cookie", setCookies);
      await recordSession(setCookies.map(pairOf).join("; "), request, "session.sign_in");
      return { ok: true as const };
    },
  );

  app.post(
    "/api/auth/sign-out",
    {
      config: { access: PUBLIC },
      schema: {
        tags,
        operationId: "signOut",
        summary: "Sign out",
        description: "Harmless without a session.",
        response: { 200: Done },
      },
    },
    async (request, reply) => {
      const cookie = request.headers.cookie ?? "";
      await recordSession(cookie, request, "session.sign_out");
      const { setCookies } = await staff.signOut(cookie);
      reply.header("set-cookie", setCookies);
      return { ok: true as const };
    },
  );

  app.get(
    "/api/staff/me",
    {
      config: { access: ANY_STAFF },
      schema: { tags, operationId: "readStaffMe", summary: "Who is signed in", response: { 200: StaffMe } },
    },
    (request) => requireStaff(request),
  );
}

/** `name=value` of a Set-Cookie header. */
function pairOf(setCookie: string): string {
  return setCookie.split(";", 1)[0]!;
}
