import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Connection } from "../../shared/db/database.ts";

export function digestApiToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The token's row while it is neither revoked nor expired. */
export async function findApiToken(
  connection: Connection,
  token: string,
): Promise<{ id: string; name: string; scopes: string[] } | null> {
  const row = await connection
    .selectFrom("api_token")
    .select(["id", "name", "scopes"])
    .where("token_sha256", "=", digestApiToken(token))
    .where("revoked_at", "is", null)
    .where((where) =>
      where.or([where("expires_at", "is", null), where("expires_at", ">", sql<Date>`clock_timestamp()`)]),
    )
    .executeTakeFirst();
  return row ?? null;
}

export interface ApiTokenRow {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

/** Tokens, those that still work first, then the newest. */
export async function listApiTokens(connection: Connection): Promise<ApiTokenRow[]> {
  return selectTokens(connection)
    .orderBy(sql`api_token.revoked_at is not null`)
    .orderBy("api_token.created_at", "desc")
    .execute();
}

export async function findApiTokenById(connection: Connection, id: string): Promise<ApiTokenRow | null> {
  return (await selectTokens(connection).where("api_token.id", "=", id).executeTakeFirst()) ?? null;
}

function selectTokens(connection: Connection) {
  return connection
    .selectFrom("api_token")
    .leftJoin("staff_user", "staff_user.id", "api_token.created_by")
    .select([
      "api_token.id",
      "api_token.name",
      "api_token.scopes",
      "api_token.created_at as createdAt",
      "staff_user.name as createdBy",
      "api_token.expires_at as expiresAt",
      "api_token.revoked_at as revokedAt",
      "api_token.last_used_at as lastUsedAt",
    ]);
}

export async function markTokenRevoked(
  connection: Connection,
  id: string,
): Promise<{ row: ApiTokenRow | null; isNew: boolean }> {
  const { numUpdatedRows } = await connection
    .updateTable("api_token")
    .set({ revoked_at: sql<Date>`now()` })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return { row: await findApiTokenById(connection, id), isNew: numUpdatedRows === 1n };
}

/** Notes that the token was used, at most once a minute. */
export async function touchApiToken(connection: Connection, id: string): Promise<void> {
  await connection
    .updateTable("api_token")
    .set({ last_used_at: sql<Date>`now()` })
    .where("id", "=", id)
    .where((where) =>
      where.or([
        where("last_used_at", "is", null),
        where("last_used_at", "<", sql<Date>`now() - interval '1 minute'`),
      ]),
    )
    .execute();
}
