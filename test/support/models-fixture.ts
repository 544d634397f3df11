import { randomUUID } from "node:crypto";
import {
  createModelGateway,
  type ModelDependencies,
  type ModelGateway,
} from "../../services/gateway/models/model-gateway.ts";
import type { ModelLimits, ServedModel, SpecModels } from "../../services/shared/contracts/models.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { SecretBox } from "../../services/shared/domain/secret-box.ts";
import { sealUpstreamKey } from "../../services/shared/models/upstream-key.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import { HOST_ID, insertAssessmentVersion, insertAttempt, insertInvitation } from "./fixtures.ts";
import { type Answer, type GatewayFixture, type Sent, send, startGatewayFixture } from "./gateway-fixture.ts";
import type { TestDatabase } from "./test-database.ts";

export const UPSTREAM_KEY = "sk-upstream-0123456789";
const SECRET = "a secret of the tests, long enough";

/** Round prices: a thousandth of a cent for a token of input, a hundredth of one for a token of output. */
export const PRICE = { inputUsdPerMTok: 10, cachedInputUsdPerMTok: 1, outputUsdPerMTok: 100 };
export const LIMITS: ModelLimits = { requestsPerMin: 100_000, parallel: 1000, maxOutputTokens: 100 };

/** Models of one attempt, reached as its programs reach them. */
export interface ModelsFixture {
  gateway: GatewayFixture;
  attemptId: string;
  box: SecretBox;
  socketPath: string;
  /** A request to `models.internal`. */
  send(sent: Sent): Promise<Answer>;
  chat(body?: Record<string, unknown>, path?: string): Promise<Answer>;
  budget(line?: "product" | "assistant"): Promise<{ spent: number; reserved: number; tokens: number }>;
  /** All calls, oldest first, once `count` of them have ended. */
  calls(count?: number): Promise<Record<string, unknown>[]>;
  /** Ends the gateway and starts another one over the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface ModelsOptions {
  upstreams: { baseUrl: string }[];
  usd?: number;
  tokens?: number | null;
  limits?: Partial<ModelLimits>;
  assistantUsd?: number;
  deps?: Partial<ModelDependencies>;
}

export async function startModels(database: TestDatabase, options: ModelsOptions): Promise<ModelsFixture> {
  const { db, pool } = database;
  const box = new SecretBox(SECRET);
  const attemptId = await insertModelAttempt(database, SECRET, options);
  let modelGateway: ModelGateway;
  const openGateway = async () => {
    const log = createLog("gateway", "silent");
    modelGateway = createModelGateway({
      db,
      pool,
      config: { secret: SECRET, outboundProxy: "" },
      log,
      ...options.deps,
    });
    await modelGateway.settleLost(HOST_ID);
  };
  await openGateway();
  const gateway = await startGatewayFixture(db, {
    openServices: async (attempt) => new Map([["models.internal", await modelGateway.open(attempt)]]),
    egressLimits: { requestsPerSec: 100_000, burst: 100_000, connections: 1000 },
  });
  const sandbox = await gateway.openSandbox({ attemptId });
  const socketPath = sandboxLayout(gateway.config.dataDir, sandbox.sandboxId).gatewaySocket;
  const fixture: ModelsFixture = {
    gateway,
    attemptId,
    box,
    socketPath,
    send: (sent) => send(socketPath, { ...sent, headers: { host: "models.internal", ...sent.headers } }),
    chat: (body = {}, path = "/v1/chat/completions") =>
      fixture.send({
        method: "POST",
        path,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: "small", messages: [{ role: "user", content: "Hi" }], ...body }),
      }),
    async budget(line = "product") {
      const row = await db
        .selectFrom("attempt_model_budget")
        .selectAll()
        .where("attempt_id", "=", attemptId)
        .where("line", "=", line)
        .executeTakeFirstOrThrow();
      return { spent: row.spent_nano_usd, reserved: row.reserved_nano_usd, tokens: row.spent_tokens };
    },
    async calls(count = 1) {
      for (const giveUp = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const rows = await db
          .selectFrom("model_call")
          .selectAll()
          .where("attempt_id", "=", attemptId)
          .orderBy("at")
          .execute();
        if (rows.filter((row) => row.outcome !== "open").length >= count) return rows;
        if (Date.now() > giveUp)
          throw new Error(`${rows.length} calls after 10 s, and ${count} were expected`);
      }
    },
    async restart() {
      await modelGateway.close();
      await openGateway();
      await gateway.restart();
      await gateway.control.open(sandbox);
    },
    async close() {
      await gateway.close();
      await modelGateway.close();
    },
  };
  return fixture;
}

/** A running attempt of a version that has these upstreams' models: `small`, `vectors`, and perhaps `helper`. */
export async function insertModelAttempt(
  { db }: Pick<TestDatabase, "db">,
  secret: string,
  options: Omit<ModelsOptions, "deps">,
): Promise<string> {
  const box = new SecretBox(secret);
  const upstreamIds = await Promise.all(
    options.upstreams.map((upstream) => insertUpstream(db, box, upstream)),
  );
  const models = await specOf(db, upstreamIds, options);
  const version = await insertAssessmentVersion(db, { spec: { models } });
  const invitation = await insertInvitation(db, { assessmentVersionId: version.id });
  return insertAttempt(db, { invitationId: invitation.id });
}

async function insertUpstream(
  db: Database,
  box: SecretBox,
  { baseUrl }: { baseUrl: string },
): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto("model_upstream")
    .values({
      id,
      name: `Upstream ${id}`,
      base_url: baseUrl,
      key_sealed: sealUpstreamKey(box, { upstreamId: id, baseUrl }, UPSTREAM_KEY),
    })
    .execute();
  return id;
}

async function specOf(db: Database, upstreamIds: string[], options: ModelsOptions): Promise<SpecModels> {
  const serve = async (alias: string, kind: "chat" | "embedding"): Promise<ServedModel> => ({
    alias,
    kind,
    targets: await Promise.all(
      upstreamIds.map(async (upstreamId, index) => {
        const name = `${alias}-upstream-${index + 1}`;
        const { id: modelId } = await db
          .insertInto("model")
          .values({ upstream_id: upstreamId, name, kind })
          .onConflict((conflict) => conflict.columns(["upstream_id", "name"]).doUpdateSet({ kind }))
          .returning("id")
          .executeTakeFirstOrThrow();
        return { modelId, upstreamId, name, mock: false, price: PRICE };
      }),
    ),
  });
  return {
    kind: "metered",
    models: [await serve("small", "chat"), await serve("vectors", "embedding")],
    budget: { usd: options.usd ?? 10, tokens: options.tokens ?? null },
    limits: { ...LIMITS, ...options.limits },
    assistant:
      options.assistantUsd === undefined
        ? null
        : { model: await serve("helper", "chat"), budget: { usd: options.assistantUsd, tokens: null } },
  };
}
