import type { FastifyRequest, RouteOptions } from "fastify";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { AuditActor } from "../../shared/db/audit-log.ts";
import { identify } from "../access/identify.ts";
import { type Access, type Caller, refusalOf } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may call the route. Required: the process does not start without it. */
    access?: Access;
    /**
     * What the route is called in the audit log, for example `invitation.create`; null where nothing is recorded.
     * Required on every route by which staff change something.
     */
    audit?: `${string}.${string}` | null;
  }
  interface FastifyRequest {
    caller: Caller;
  }
}

/** Register before any route. Decides before a body is read, so a stranger's body is never parsed. */
export function registerAccess(app: App, context: ApiContext): void {
  app.decorateRequest("caller", { getter: () => ANONYMOUS });
  app.addHook("onRoute", (route) => {
    if (!route.config?.access)
      throw new Error(`route ${String(route.method)} ${route.url} does not declare who may call it`);
    if (changesSomething(route) && route.config.audit === undefined)
      throw new Error(`route ${String(route.method)} ${route.url} does not say what the audit log records`);
  });
  app.addHook("onRequest", async (request, reply) => {
    // Nothing is served there, so there is nothing to protect.
    if (request.is404) return;
    const access = request.routeOptions.config.access;
    if (!access) throw new Error("a route without a policy was reached");
    const caller = await identify(context, access, request, reply);
    Object.defineProperty(request, "caller", { value: caller });
    const refusal = refusalOf(access, caller);
    if (refusal) throw new PlatformError(refusal, detailOf(refusal, access));
  });
}

/** Whether staff change something by this route. */
function changesSomething({ method, config }: RouteOptions): boolean {
  const methods = [method].flat();
  return config?.access?.kind === "staff" && methods.some((one) => !["GET", "HEAD", "OPTIONS"].includes(one));
}

const ANONYMOUS: Caller = { kind: "anonymous" };

function detailOf(refusal: string, access: Access): string | undefined {
  if (refusal !== "missing_scope" || !("scope" in access)) return undefined;
  return access.scope === null
    ? "No API token may do this; sign in as a person."
    : `The scope needed is ${access.scope}.`;
}

/** The staff member who acts, or null when an API token does. */
export function staffIdOf(request: FastifyRequest): string | null {
  return request.caller.kind === "staff" ? request.caller.id : null;
}

/** Where a request comes from, for the audit log. */
export function originOf(request: FastifyRequest): Pick<AuditActor, "ip" | "userAgent"> {
  return { ip: request.ip, userAgent: request.headers["user-agent"]?.slice(0, 500) ?? null };
}

/** Who acts, for the audit log. @throws Error on a route that nobody of staff may call */
export function auditActorOf(request: FastifyRequest): AuditActor {
  const from = originOf(request);
  const { caller } = request;
  if (caller.kind === "staff") return { kind: "staff", id: caller.id, name: caller.name, ...from };
  if (caller.kind === "token") return { kind: "token", id: caller.tokenId, name: caller.name, ...from };
  throw new Error("only what staff does is audited");
}

/** For routes that only people may call. */
export function requireStaff(request: FastifyRequest): Extract<Caller, { kind: "staff" }> {
  if (request.caller.kind !== "staff") throw new PlatformError("sign_in_required");
  return request.caller;
}
