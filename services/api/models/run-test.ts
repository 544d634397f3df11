import type { Selectable } from "kysely";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import { databaseNow } from "../../shared/db/database.ts";
import type { ModelUpstream } from "../../shared/db/schema.gen.ts";
import { testUpstream, type UpstreamTestOutcome } from "../../shared/models/test-upstream.ts";
import { openUpstreamKey } from "../../shared/models/upstream-key.ts";
import type { ApiContext } from "../context.ts";
import { findModelKind } from "../records/model.ts";
import { findUpstream, saveUpstreamTest } from "../records/model-upstream.ts";
import { upstreamSubject } from "./upstreams.ts";

type Deps = Pick<ApiContext, "db" | "secrets" | "outbound">;

const MOCK_OUTCOME: UpstreamTestOutcome = {
  ...{ ok: true, durationMs: 0, models: [] },
  message: "Nothing to connect to: its answers are made up by the platform.",
};
const UNREADABLE_KEY: UpstreamTestOutcome = {
  ...{ ok: false, durationMs: 0, models: [] },
  message:
    "The key cannot be opened: the platform's secret has changed since it was given. Give the key again.",
};

/**
 * Tests an upstream with the key that is kept, and keeps what was found.
 * @param model a name; null: only what the upstream lists
 * @throws PlatformError upstream_not_found, upstream_archived
 */
export async function runUpstreamTest(
  deps: Deps,
  upstreamId: string,
  model: string | null,
  actor: AuditActor,
): Promise<void> {
  const { db } = deps;
  const row = await findUpstream(db, upstreamId);
  if (!row) throw new PlatformError("upstream_not_found");
  if (row.archived_at !== null) throw new PlatformError("upstream_archived");
  const outcome = await connect(deps, row, model);
  await db.transaction().execute(async (transaction) => {
    const at = (await databaseNow(transaction)).toISOString();
    await saveUpstreamTest(transaction, row, { at, ...outcome });
    await recordAudit(transaction, actor, {
      action: "model_upstream.test",
      subject: upstreamSubject(row),
      after: { model, ok: outcome.ok, message: outcome.message },
    });
  });
}

async function connect(
  { db, secrets, outbound }: Deps,
  row: Selectable<ModelUpstream>,
  model: string | null,
): Promise<UpstreamTestOutcome> {
  // A mock is a program beside the platform, where one runs.
  if (row.kind === "mock" && !/^https?:/.test(row.base_url)) return MOCK_OUTCOME;
  const { id: upstreamId, base_url: baseUrl, key_sealed } = row;
  const apiKey = key_sealed && openUpstreamKey(secrets, { upstreamId, baseUrl }, key_sealed);
  if (key_sealed !== null && apiKey === null) return UNREADABLE_KEY;
  const kind = model === null ? undefined : await findModelKind(db, upstreamId, model);
  const tested = model === null ? null : { name: model, kind: kind ?? ("chat" as const) };
  return testUpstream({ baseUrl, apiKey }, tested, outbound);
}
