import { randomBytes } from "node:crypto";
import type { Database } from "../../shared/db/database.ts";
import { SCOPES, type Scope } from "../access/policy.ts";
import { digestApiToken } from "../records/api-token.ts";

export interface NewApiToken {
  name: string;
  scopes: readonly Scope[];
  createdBy?: string | null;
  expiresAt?: Date | null;
}

/** @returns the token, `wsk_` and 32 bytes in base64url: shown once, since only its digest is stored. */
export async function createApiToken(
  db: Database,
  token: NewApiToken,
): Promise<{ id: string; token: string }> {
  const unknown = token.scopes.filter((scope) => !SCOPES.includes(scope));
  if (unknown.length > 0) throw new TypeError(`unknown scopes: ${unknown.join(", ")}`);
  const text = `wsk_${randomBytes(32).toString("base64url")}`;
  const { id } = await db
    .insertInto("api_token")
    .values({
      name: token.name,
      token_sha256: digestApiToken(text),
      scopes: [...token.scopes],
      created_by: token.createdBy ?? null,
      expires_at: token.expiresAt ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, token: text };
}
