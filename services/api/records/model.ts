import { type Selectable, sql } from "kysely";
import type { ModelKind, ModelPrice } from "../../shared/contracts/models.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { Model } from "../../shared/db/schema.gen.ts";

/** @returns the id; undefined when the upstream has a model with this name */
export async function insertModel(
  transaction: DatabaseTransaction,
  model: { upstreamId: string; name: string; kind: ModelKind; price: ModelPrice | null },
): Promise<string | undefined> {
  const row = await transaction
    .insertInto("model")
    .values({
      upstream_id: model.upstreamId,
      name: model.name,
      kind: model.kind,
      ...priceColumns(model.price),
    })
    .onConflict((conflict) => conflict.columns(["upstream_id", "name"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export function lockModel(
  transaction: DatabaseTransaction,
  upstreamId: string,
  modelId: string,
): Promise<Selectable<Model> | undefined> {
  return transaction
    .selectFrom("model")
    .selectAll()
    .where("id", "=", modelId)
    .where("upstream_id", "=", upstreamId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateModel(
  transaction: DatabaseTransaction,
  modelId: string,
  change: { price?: ModelPrice | null | undefined; archived?: boolean | undefined },
): Promise<void> {
  const { price, archived } = change;
  await transaction
    .updateTable("model")
    .set({
      ...(price === undefined ? {} : priceColumns(price)),
      ...(archived === undefined ? {} : { archived_at: archived ? sql<Date>`clock_timestamp()` : null }),
    })
    .where("id", "=", modelId)
    .execute();
}

/** The kind of an upstream's model; undefined when it has none of this name. */
export async function findModelKind(
  db: Connection,
  upstreamId: string,
  name: string,
): Promise<ModelKind | undefined> {
  const row = await db
    .selectFrom("model")
    .select("kind")
    .where("upstream_id", "=", upstreamId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row?.kind as ModelKind | undefined;
}

/** A model's price as its columns hold it. */
export function priceOf(row: Selectable<Model>): ModelPrice | null {
  const { input_usd_per_mtok: input, cached_input_usd_per_mtok: cached, output_usd_per_mtok: output } = row;
  if (input === null || cached === null || output === null) return null;
  return { inputUsdPerMTok: input, cachedInputUsdPerMTok: cached, outputUsdPerMTok: output };
}

function priceColumns(price: ModelPrice | null) {
  return {
    input_usd_per_mtok: price?.inputUsdPerMTok ?? null,
    cached_input_usd_per_mtok: price?.cachedInputUsdPerMTok ?? null,
    output_usd_per_mtok: price?.outputUsdPerMTok ?? null,
  };
}
