import type { ModelKind, ModelPrice } from "../../shared/contracts/models.ts";
import type { Database } from "../../shared/db/database.ts";
import { MOCK_CHAT_MODEL, MOCK_EMBEDDING_MODEL } from "../mock-upstream/mock-upstream.ts";

const NAME = "Mock models";

/** Prices as of a small model of a provider's: budgets are to mean something although nothing is paid. */
const MODELS: { name: string; kind: ModelKind; price: ModelPrice }[] = [
  {
    name: MOCK_CHAT_MODEL,
    kind: "chat",
    price: { inputUsdPerMTok: 0.25, cachedInputUsdPerMTok: 0.025, outputUsdPerMTok: 2 },
  },
  {
    name: MOCK_EMBEDDING_MODEL,
    kind: "embedding",
    price: { inputUsdPerMTok: 0.02, cachedInputUsdPerMTok: 0.02, outputUsdPerMTok: 0 },
  },
];

export interface DemoModels {
  /** Ids by name. */
  chat: string;
  embedding: string;
}

/** The upstream that runs beside the demo, where it is today. What an admin changed about its models stays. */
export async function ensureDemoModels(db: Database, baseUrl: string): Promise<DemoModels> {
  const upstream = await db
    .insertInto("model_upstream")
    .values({ name: NAME, kind: "mock", base_url: baseUrl })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ base_url: baseUrl, updated_at: new Date() }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("model")
    .values(
      MODELS.map(({ name, kind, price }) => ({
        upstream_id: upstream.id,
        name,
        kind,
        input_usd_per_mtok: price.inputUsdPerMTok,
        cached_input_usd_per_mtok: price.cachedInputUsdPerMTok,
        output_usd_per_mtok: price.outputUsdPerMTok,
      })),
    )
    .onConflict((conflict) => conflict.columns(["upstream_id", "name"]).doNothing())
    .execute();
  const rows = await db
    .selectFrom("model")
    .select(["id", "name"])
    .where("upstream_id", "=", upstream.id)
    .execute();
  const idOf = (name: string) => rows.find((row) => row.name === name)!.id;
  return { chat: idOf(MOCK_CHAT_MODEL), embedding: idOf(MOCK_EMBEDDING_MODEL) };
}
