import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import type { z } from "zod";
import type { AuditSubject } from "../../shared/contracts/audit.ts";
import type { CreateUpstreamRequest, UpdateUpstreamRequest } from "../../shared/contracts/models.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";
import type { ModelUpstream } from "../../shared/db/schema.gen.ts";
import type { SecretBox } from "../../shared/domain/secret-box.ts";
import { isForbiddenAddress } from "../../shared/models/forbidden-address.ts";
import { keyHintOf, sealUpstreamKey } from "../../shared/models/upstream-key.ts";
import type { ApiContext } from "../context.ts";
import { insertUpstream, lockUpstream, type UpstreamKey, updateUpstream } from "../records/model-upstream.ts";

type Deps = Pick<ApiContext, "db" | "secrets">;
type Row = Selectable<ModelUpstream>;

/** @throws PlatformError upstream_name_taken, upstream_address_refused */
export async function createUpstream(
  { db, secrets }: Deps,
  { name, baseUrl, apiKey }: z.infer<typeof CreateUpstreamRequest>,
  actor: AuditActor,
): Promise<string> {
  requireAllowedAddress(baseUrl);
  const id = randomUUID();
  const key = sealed(secrets, id, baseUrl, apiKey);
  await db.transaction().execute(async (transaction) => {
    const row = { id, name, base_url: baseUrl, ...key, created_by: staffIdOfActor(actor) };
    if (!(await insertUpstream(transaction, row))) throw new PlatformError("upstream_name_taken");
    await recordAudit(transaction, actor, {
      action: "model_upstream.create",
      subject: upstreamSubject({ id, name }),
      after: { name, baseUrl, hasKey: apiKey !== "" },
    });
  });
  return id;
}

/**
 * Changes what is given; where that is nothing, nothing is recorded. A key stays with the address it was given for: another address needs it again.
 * @throws PlatformError upstream_not_found, upstream_archived, upstream_key_required, upstream_name_taken,
 *   upstream_address_refused, upstream_is_mock
 */
export async function changeUpstream(
  { db, secrets }: Deps,
  id: string,
  request: z.infer<typeof UpdateUpstreamRequest>,
  actor: AuditActor,
): Promise<void> {
  if (request.baseUrl !== undefined) requireAllowedAddress(request.baseUrl);
  await db.transaction().execute(async (transaction) => {
    const before = await requireUpstream(transaction, id);
    requireChangeable(before, request);
    if (Object.values(request).every((one) => one === undefined)) return;
    const { name = before.name, baseUrl = before.base_url, apiKey, archived } = request;
    if (baseUrl !== before.base_url && before.key_sealed !== null && apiKey === undefined)
      throw new PlatformError("upstream_key_required");
    const key = apiKey === undefined ? {} : sealed(secrets, id, baseUrl, apiKey);
    const connects = baseUrl !== before.base_url || apiKey !== undefined;
    const moves = archived !== undefined && archived !== (before.archived_at !== null);
    const saved = await updateUpstream(transaction, id, {
      ...{ name, base_url: baseUrl, ...key },
      // What was found with another address or key says nothing any more.
      ...(connects ? { test: null } : {}),
      ...(moves ? { archived } : {}),
    });
    if (!saved) throw new PlatformError("upstream_name_taken");
    await recordAudit(transaction, actor, {
      action: "model_upstream.update",
      subject: upstreamSubject({ id, name }),
      before: factsOf(before),
      after: {
        ...{ name, baseUrl, hasKey: apiKey === undefined ? before.key_sealed !== null : apiKey !== "" },
        archived: archived ?? before.archived_at !== null,
        keyChanged: apiKey !== undefined,
      },
    });
  });
}

/** The row, held until the transaction ends. @throws PlatformError upstream_not_found */
export async function requireUpstream(transaction: DatabaseTransaction, id: string): Promise<Row> {
  const row = await lockUpstream(transaction, id);
  if (!row) throw new PlatformError("upstream_not_found");
  return row;
}

export function upstreamSubject({ id, name }: Pick<Row, "id" | "name">): AuditSubject {
  return { type: "model_upstream", id, label: name };
}

function factsOf(row: Row) {
  return {
    ...{ name: row.name, baseUrl: row.base_url, hasKey: row.key_sealed !== null },
    archived: row.archived_at !== null,
  };
}

function requireChangeable(row: Row, request: z.infer<typeof UpdateUpstreamRequest>): void {
  const { name, baseUrl, apiKey, archived } = request;
  const changes = [name, baseUrl, apiKey].some((one) => one !== undefined);
  if (row.archived_at !== null && archived !== false && changes) throw new PlatformError("upstream_archived");
  if (row.kind === "mock" && (baseUrl !== undefined || apiKey !== undefined))
    throw new PlatformError("upstream_is_mock");
}

/** Names are checked when they are connected to, see shared/models/outbound.ts. */
function requireAllowedAddress(baseUrl: string): void {
  if (isForbiddenAddress(new URL(baseUrl).hostname)) throw new PlatformError("upstream_address_refused");
}

function sealed(secrets: SecretBox, upstreamId: string, baseUrl: string, key: string): UpstreamKey {
  if (key === "") return { key_sealed: null, key_hint: "" };
  return { key_sealed: sealUpstreamKey(secrets, { upstreamId, baseUrl }, key), key_hint: keyHintOf(key) };
}
