import { type Selectable, sql } from "kysely";
import { type ModelKind, UpstreamTest } from "../../shared/contracts/models.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { Model, ModelUpstream } from "../../shared/db/schema.gen.ts";

/** Without the key, which no list needs. */
export type UpstreamRow = Omit<Selectable<ModelUpstream>, "key_sealed" | "created_by" | "test"> & {
  has_key: boolean;
  test: UpstreamTest | null;
};
export type ModelRow = Selectable<Model> & { kind: ModelKind };

/** By name; those archived last. */
export async function listUpstreams(db: Connection, id?: string): Promise<UpstreamRow[]> {
  const rows = await db
    .selectFrom("model_upstream")
    .select(["id", "name", "kind", "base_url", "key_hint", "test", "created_at", "updated_at", "archived_at"])
    .select((e) => e("key_sealed", "is not", null).as("has_key"))
    .$if(id !== undefined, (query) => query.where("id", "=", id!))
    .orderBy(sql`archived_at is not null`)
    .orderBy("name")
    .execute();
  return rows.map((row) => ({
    ...row,
    has_key: Boolean(row.has_key),
    test: row.test === null ? null : UpstreamTest.parse(row.test),
  }));
}

/** Models of these upstreams by name; those archived last. */
export async function listModels(db: Connection, upstreamIds: readonly string[]): Promise<ModelRow[]> {
  if (upstreamIds.length === 0) return [];
  const rows = await db
    .selectFrom("model")
    .selectAll()
    .where("upstream_id", "in", upstreamIds)
    .orderBy(sql`archived_at is not null`)
    .orderBy("name")
    .execute();
  return rows as ModelRow[];
}

/** The row with its sealed key, held until the transaction ends. */
export function lockUpstream(
  transaction: DatabaseTransaction,
  id: string,
): Promise<Selectable<ModelUpstream> | undefined> {
  return transaction
    .selectFrom("model_upstream")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export function findUpstream(db: Connection, id: string): Promise<Selectable<ModelUpstream> | undefined> {
  return db.selectFrom("model_upstream").selectAll().where("id", "=", id).executeTakeFirst();
}

export interface UpstreamKey {
  key_sealed: Buffer | null;
  key_hint: string;
}

/** @returns false when the name is taken */
export async function insertUpstream(
  transaction: DatabaseTransaction,
  row: UpstreamKey & { id: string; name: string; base_url: string; created_by: string | null },
): Promise<boolean> {
  const made = await transaction
    .insertInto("model_upstream")
    .values(row)
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** @returns false when the name is taken; then the transaction can only be rolled back */
export async function updateUpstream(
  transaction: DatabaseTransaction,
  id: string,
  change: Partial<UpstreamKey> & { name?: string; base_url?: string; test?: null; archived?: boolean },
): Promise<boolean> {
  const { archived, ...columns } = change;
  try {
    await transaction
      .updateTable("model_upstream")
      .set({
        ...columns,
        updated_at: sql<Date>`clock_timestamp()`,
        ...(archived === undefined ? {} : { archived_at: archived ? sql<Date>`clock_timestamp()` : null }),
      })
      .where("id", "=", id)
      .execute();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "23505") return false;
    throw error;
  }
}

/** Keeps what a test found, unless address or key have changed meanwhile. */
export async function saveUpstreamTest(
  transaction: DatabaseTransaction,
  { id, base_url, key_sealed }: Pick<Selectable<ModelUpstream>, "id" | "base_url" | "key_sealed">,
  test: UpstreamTest,
): Promise<void> {
  await transaction
    .updateTable("model_upstream")
    .set({ test: JSON.stringify(test) })
    .where("id", "=", id)
    .where("base_url", "=", base_url)
    .where(sql<boolean>`key_sealed is not distinct from ${key_sealed}`)
    .execute();
}
