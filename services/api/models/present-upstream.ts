import type { ModelView, UpstreamView } from "../../shared/contracts/models.ts";
import { UpstreamKind } from "../../shared/contracts/models.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { priceOf } from "../records/model.ts";
import { listModels, listUpstreams, type ModelRow, type UpstreamRow } from "../records/model-upstream.ts";

/** By name, those archived last, each with its models. */
export async function readUpstreams(db: Connection): Promise<UpstreamView[]> {
  return withModels(db, await listUpstreams(db));
}

/** @throws PlatformError upstream_not_found */
export async function readUpstream(db: Connection, id: string): Promise<UpstreamView> {
  const [view] = await withModels(db, await listUpstreams(db, id));
  if (!view) throw new PlatformError("upstream_not_found");
  return view;
}

async function withModels(db: Connection, upstreams: readonly UpstreamRow[]): Promise<UpstreamView[]> {
  const models = await listModels(
    db,
    upstreams.map(({ id }) => id),
  );
  const byUpstream = Map.groupBy(models, (model) => model.upstream_id);
  return upstreams.map((row) => presentUpstream(row, byUpstream.get(row.id) ?? []));
}

function presentUpstream(row: UpstreamRow, models: readonly ModelRow[]): UpstreamView {
  return {
    id: row.id,
    name: row.name,
    kind: UpstreamKind.parse(row.kind),
    baseUrl: row.base_url,
    hasKey: row.has_key,
    keyHint: row.key_hint,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
    test: row.test,
    models: models.map(presentModel),
  };
}

function presentModel(row: ModelRow): ModelView {
  return {
    id: row.id,
    upstreamId: row.upstream_id,
    name: row.name,
    kind: row.kind,
    price: priceOf(row),
    archivedAt: row.archived_at?.toISOString() ?? null,
  };
}
