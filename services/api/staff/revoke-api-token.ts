import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { type ApiTokenRow, markTokenRevoked } from "../records/api-token.ts";

/** The token is refused from now on. Repeating it changes nothing. @throws PlatformError api_token_not_found */
export async function revokeApiToken(db: Database, tokenId: string, actor: AuditActor): Promise<ApiTokenRow> {
  return db.transaction().execute(async (transaction) => {
    const { row, isNew } = await markTokenRevoked(transaction, tokenId);
    if (!row) throw new PlatformError("api_token_not_found");
    if (isNew)
      await recordAudit(transaction, actor, {
        action: "api_token.revoke",
        subject: { type: "api_token", id: row.id, label: row.name },
        before: { revoked: false },
        after: { revoked: true },
      });
    return row;
  });
}
