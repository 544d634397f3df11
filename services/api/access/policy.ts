import type { ApiScope } from "../../shared/contracts/api-token.ts";
import type { StaffRole } from "../../shared/contracts/common.ts";

/** Who may call a route. Every route declares one; a route without is refused at boot. */
export type Access =
  | { kind: "public" }
  /** Whoever holds the cookie of the invitation named in the path, while that invitation stands. */
  | { kind: "candidate" }
  /** A signed-in member of staff with one of the roles, or an API token with the scope; null: no token may. */
  | { kind: "staff"; roles: readonly StaffRole[]; scope: ApiScope | null }
  /** A process on this machine, or an API token with the scope. */
  | { kind: "operator"; scope: ApiScope };

export const PUBLIC: Access = { kind: "public" };
export const CANDIDATE: Access = { kind: "candidate" };
export const ANY_STAFF: Access = { kind: "staff", roles: ["admin", "reviewer"], scope: null };
/** A review is a person's judgement, so no token may give one. */
export const REVIEWERS: Access = { kind: "staff", roles: ["reviewer", "admin"], scope: null };

export function admins(scope: ApiScope): Access {
  return { kind: "staff", roles: ["admin"], scope };
}

export type Caller =
  | { kind: "anonymous" }
  | { kind: "candidate"; invitationId: string; attemptId: string | null }
  | { kind: "staff"; id: string; name: string; email: string; role: StaffRole }
  | { kind: "token"; tokenId: string; name: string; scopes: readonly string[] }
  | { kind: "local" };

export type Refusal = "sign_in_required" | "candidate_session_required" | "forbidden" | "missing_scope";

/** Null when the caller may; else why not. Pure, so that the whole policy can be tested as a table. */
export function refusalOf(access: Access, caller: Caller): Refusal | null {
  switch (access.kind) {
    case "public":
      return null;
    case "candidate":
      return caller.kind === "candidate" ? null : "candidate_session_required";
    case "staff":
      if (caller.kind === "token") return hasScope(caller.scopes, access.scope) ? null : "missing_scope";
      if (caller.kind !== "staff") return "sign_in_required";
      return access.roles.includes(caller.role) ? null : "forbidden";
    case "operator":
      if (caller.kind === "token") return hasScope(caller.scopes, access.scope) ? null : "missing_scope";
      return caller.kind === "local" ? null : "sign_in_required";
  }
}

function hasScope(scopes: readonly string[], scope: ApiScope | null): boolean {
  return scope !== null && scopes.includes(scope);
}
