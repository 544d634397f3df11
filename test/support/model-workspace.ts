import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { LLMock } from "@copilotkit/aimock";
import { createModelGateway, type ModelGateway } from "../../services/gateway/models/model-gateway.ts";
import type { ServedModel, SpecModels } from "../../services/shared/contracts/models.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import {
  MOCK_CHAT_MODEL,
  MOCK_EMBEDDING_MODEL,
  mockUpstreamUrl,
  startMockUpstream,
} from "../../services/tools/mock-upstream/mock-upstream.ts";
import { insertAssessmentVersion, insertAttempt, insertInvitation } from "./fixtures.ts";
import { type GatewayFixture, startGatewayFixture } from "./gateway-fixture.ts";
import type { TestDatabase } from "./test-database.ts";
import { startWorkbench, type WorkbenchContainer } from "./workbench-container.ts";

const PROJECT = join(import.meta.dirname, "../..");
const PRICE = { inputUsdPerMTok: 1, cachedInputUsdPerMTok: 1, outputUsdPerMTok: 10 };
/** A single answer at this price costs more than there is. */
const DEAR = { inputUsdPerMTok: 1e6, cachedInputUsdPerMTok: 1e6, outputUsdPerMTok: 1e6 };
const BUDGET = { usd: 10, tokens: null };
/** What an upstream says that a candidate must not read. */
export const UPSTREAM_SECRET = "sk-of-the-company";

export interface ModelWorkspace {
  workbench: WorkbenchContainer;
  attemptId: string;
  /** Nothing answers the workspace any more. */
  cutOff(): Promise<void>;
  close(): Promise<void>;
}

export interface ModelPlatform {
  /** The real image, on models whose answers are made up; the project's packages are at `/node_modules`. */
  openWorkspace(models: "own" | "own and assistant" | "none"): Promise<ModelWorkspace>;
  close(): Promise<void>;
}

/** The gateway with upstreams that make answers up, one of them slowly, and one that refuses. */
export async function startModelPlatform(database: TestDatabase): Promise<ModelPlatform> {
  const { db, pool } = database;
  const [answering, slow, refusing] = await Promise.all([
    startMockUpstream(),
    startMockUpstream({ msPerChunk: 500 }),
    startRefusingUpstream(),
  ]);
  const spec = await specOf(database, {
    answering: mockUpstreamUrl(answering.port),
    slow: mockUpstreamUrl(slow.port),
    refusing: `${refusing.url}/v1`,
  });
  const log = createLog("gateway", "silent");
  const config = { secret: "a secret of the tests, long enough", outboundProxy: "" };
  const models: ModelGateway = createModelGateway({ db, pool, config, log });
  const gateway = await startGatewayFixture(db, {
    openServices: async (attempt) => new Map([["models.internal", await models.open(attempt)]]),
  });
  return {
    openWorkspace: async (kind) => openWorkspace(database, gateway, spec[kind]),
    async close() {
      await gateway.close();
      await models.close();
      await Promise.all([answering.close(), slow.close(), refusing.stop()]);
    },
  };
}

async function openWorkspace(
  { db }: TestDatabase,
  gateway: GatewayFixture,
  models: SpecModels,
): Promise<ModelWorkspace> {
  const version = await insertAssessmentVersion(db, { spec: { models } });
  const invitation = await insertInvitation(db, { assessmentVersionId: version.id });
  const attemptId = await insertAttempt(db, { invitationId: invitation.id });
  const sandbox = await gateway.openSandbox({ attemptId });
  const workbench = await startWorkbench(
    gateway.config.dataDir,
    sandbox,
    ["models.internal"],
    [
      `${join(PROJECT, "node_modules")}:/node_modules`,
      `${join(import.meta.dirname, "model-clients")}:/clients`,
    ],
  );
  // The forwarder starts with the container.
  await workbench.run("until curl --silent --output /dev/null http://models.internal/; do sleep 0.1; done");
  const cutOff = () => gateway.control.close(sandbox.sandboxId);
  return {
    workbench,
    attemptId,
    cutOff: async () => void (await cutOff()),
    async close() {
      await workbench.remove();
      await cutOff();
    },
  };
}

async function startRefusingUpstream(): Promise<LLMock> {
  const upstream = new LLMock({ port: 0 });
  const type = "invalid_request_error";
  upstream.on({ model: "rejecting" }, { status: 400, error: { message: "The prompt is too long.", type } });
  upstream.on(
    { model: "locked" },
    { status: 401, error: { message: `Incorrect key: ${UPSTREAM_SECRET}.`, type } },
  );
  await upstream.start();
  return upstream;
}

type Specs = Record<Parameters<ModelPlatform["openWorkspace"]>[0], SpecModels>;

async function specOf(
  { db }: TestDatabase,
  urls: Record<"answering" | "slow" | "refusing", string>,
): Promise<Specs> {
  const insertUpstream = async (kind: "mock" | "compatible", base_url: string): Promise<string> => {
    const row = { name: `Upstream ${randomUUID()}`, kind, base_url };
    return (await db.insertInto("model_upstream").values(row).returning("id").executeTakeFirstOrThrow()).id;
  };
  const answering = await insertUpstream("mock", urls.answering);
  const slow = await insertUpstream("mock", urls.slow);
  const refusing = await insertUpstream("compatible", urls.refusing);
  const serve = (alias: string, upstreamId: string, name: string, price = PRICE): ServedModel => ({
    alias,
    kind: name === MOCK_EMBEDDING_MODEL ? "embedding" : "chat",
    targets: [{ modelId: randomUUID(), upstreamId, name, mock: upstreamId !== refusing, price }],
  });
  const own: SpecModels = {
    kind: "metered",
    models: [
      serve("chat", answering, MOCK_CHAT_MODEL),
      serve("slow", slow, MOCK_CHAT_MODEL),
      serve("embedding", answering, MOCK_EMBEDDING_MODEL),
      serve("dear", answering, MOCK_CHAT_MODEL, DEAR),
      serve("rejecting", refusing, "rejecting"),
      serve("locked", refusing, "locked"),
    ],
    budget: BUDGET,
    limits: { requestsPerMin: 6000, parallel: 20, maxOutputTokens: 2000 },
    assistant: null,
  };
  const helper = { model: serve("helper", answering, MOCK_CHAT_MODEL), budget: BUDGET };
  return { own, "own and assistant": { ...own, assistant: helper }, none: { kind: "none" } };
}
