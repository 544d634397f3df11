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
