import { z } from "zod";
import {
  ApiScope,
  type ApiTokenItem,
  ApiTokenItem as ApiTokenItemSchema,
  ApiTokenList,
  CreateApiTokenRequest,
  CreateApiTokenResponse,
} from "../../shared/contracts/api-token.ts";
import { Id } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { admins, type Caller } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { type ApiTokenRow, findApiTokenById, listApiTokens } from "../records/api-token.ts";
import { createApiToken } from "../staff/create-api-token.ts";
import { revokeApiToken } from "../staff/revoke-api-token.ts";

const tags = ["tokens"];

export function registerTokenRoutes(app: App, { db }: ApiContext): void {
  app.get(
    "/api/admin/tokens",
    {
      config: { access: admins("admin:read") },
      schema: { tags, operationId: "listApiTokens", summary: "API tokens", response: { 200: ApiTokenList } },
    },
    async () => ({
      now: (await databaseNow(db)).toISOString(),
      items: (await listApiTokens(db)).map(presentToken),
    }),
  );

  app.post(
    "/api/admin/tokens",
    {
      config: { access: admins("staff:write"), audit: "api_token.create" },
      schema: {
        tags,
        operationId: "createApiToken",
        summary: "Make an API token",
        description: "A token can give only scopes that it has itself.",
        body: CreateApiTokenRequest,
        response: { 201: CreateApiTokenResponse },
      },
    },
    async (request, reply) => {
      const { name, scopes, expiresAt } = request.body;
      requireOwnScopes(request.caller, scopes);
      const wanted = { name, scopes: [...new Set(scopes)], expiresAt: await futureDate(expiresAt) };
      const { id, token } = await createApiToken(db, wanted, auditActorOf(request));
      return reply.code(201).send({ token, item: presentToken((await findApiTokenById(db, id))!) });
    },
  );

  app.post(
    "/api/admin/tokens/:tokenId/revoke",
    {
      config: { access: admins("staff:write"), audit: "api_token.revoke" },
      schema: {
        tags,
        operationId: "revokeApiToken",
        summary: "Make an API token useless",
        params: z.object({ tokenId: Id }),
        response: { 200: ApiTokenItemSchema },
      },
    },
    async (request) => presentToken(await revokeApiToken(db, request.params.tokenId, auditActorOf(request))),
  );

  async function futureDate(expiresAt: string | null): Promise<Date | null> {
    if (expiresAt === null) return null;
    const date = new Date(expiresAt);
    if (date > (await databaseNow(db))) return date;
    const errors = [{ path: "expiresAt", message: "must be in the future" }];
    throw new PlatformError("invalid_request", undefined, { errors });
  }
}

/** @throws PlatformError missing_scope */
function requireOwnScopes(caller: Caller, wanted: readonly string[]): void {
  if (caller.kind !== "token") return;
  const foreign = wanted.filter((scope) => !caller.scopes.includes(scope));
  if (foreign.length > 0)
    throw new PlatformError(
      "missing_scope",
      `This token cannot give ${foreign.join(", ")}: it has not got it.`,
    );
}

function presentToken(row: ApiTokenRow): ApiTokenItem {
  const scopes = row.scopes.filter((scope) => ApiScope.safeParse(scope).success) as ApiScope[];
  return {
    id: row.id,
    name: row.name,
    scopes,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
