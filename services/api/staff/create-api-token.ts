import { randomBytes } from "node:crypto";
import type { ApiScope } from "../../shared/contracts/api-token.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { digestApiToken } from "../records/api-token.ts";

export interface NewApiToken {
  name: string;
  scopes: readonly ApiScope[];
  expiresAt?: Date | null;
}

/** @returns the token, `wsk_` and 32 bytes in base64url: shown once, since only its digest is stored. */
export async function createApiToken(
  db: Database,
  token: NewApiToken,
  actor: AuditActor,
): Promise<{ id: string; token: string }> {
  const text = `wsk_${randomBytes(32).toString("base64url")}`;
  return db.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto("api_token")
      .values({
        name: token.name,
        token_sha256: digestApiToken(text),
        scopes: [...token.scopes],
        created_by: staffIdOfActor(actor),
        expires_at: token.expiresAt ?? null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await recordAudit(transaction, actor, {
      action: "api_token.create",
      subject: { type: "api_token", id, label: token.name },
      after: { name: token.name, scopes: token.scopes, expiresAt: token.expiresAt ?? null },
    });
    return { id, token: text };
  });
}
