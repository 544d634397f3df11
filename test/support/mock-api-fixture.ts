import { randomUUID } from "node:crypto";
import { createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { HELPDESK_HOSTNAME, loadHelpdeskApi } from "../../datasets/support-tickets/api/load-helpdesk-api.ts";
import { generateSupportTickets } from "../../datasets/support-tickets/generate.ts";
import type { AttemptContext, EgressService } from "../../services/gateway/egress/service.ts";
import { matchRoute } from "../../services/gateway/mock-api/request/match-route.ts";
import {
  closeMockApis,
  type MockApiDependencies,
  openMockApis,
} from "../../services/gateway/mock-api/service.ts";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { mockApiKey } from "../../services/shared/domain/mock-api-key.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { compileMockApi } from "../../services/shared/mock-api/compile/compile-mock-api.ts";
import type { CompiledApi } from "../../services/shared/mock-api/compile/compiled-api.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { blobDir } from "../../services/shared/sandbox/layout.ts";
import { insertAssessmentVersion, insertAttempt, insertInvitation } from "./fixtures.ts";

const SECRET = "a secret of the tests, long enough";
const SQLITE_FILE = "candidate/support-tickets.sqlite";
const MANY_REQUESTS = { requestsPerMinute: 100_000, burst: 10_000 };

export interface MockApiAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever JSON came
  body: any;
}

export interface MockApiRequest {
  headers?: Record<string, string | string[]>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, by default as application/json. */
  raw?: string | Uint8Array;
  /** Leave the key out. */
  anonymous?: boolean;
}

export interface MockApiCaller {
  attempt: AttemptContext;
  key: string;
  socketPath: string;
  /** @param path within `/v1` */
  send(method: string, path: string, options?: MockApiRequest): Promise<MockApiAnswer>;
  get(path: string, options?: MockApiRequest): Promise<MockApiAnswer>;
  patch(path: string, json: unknown, options?: MockApiRequest): Promise<MockApiAnswer>;
  post(path: string, json: unknown, options?: MockApiRequest): Promise<MockApiAnswer>;
}

export interface MockApiFixture {
  api: CompiledApi;
  deps: MockApiDependencies;
  /** An attempt that runs, and a client in its sandbox. */
  addAttempt(overrides?: Partial<AttemptContext>): Promise<MockApiCaller>;
  /** A client in another sandbox (epoch) of the attempt. */
  /** @param keyOwnerId whose key it sends; its own when absent */
  callAs(attempt: AttemptContext, keyOwnerId?: string): Promise<MockApiCaller>;
  /** Forgets everything in memory, as a restart of the gateway does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The helpdesk over a small generated dataset. Every answer is checked against the document. */
export async function startMockApiFixture(
  db: Database,
  options: {
    ticketCount?: number;
    bindings?: object;
    checkAnswers?: boolean;
    datasetDir?: string;
    weather?: object;
    deps?: Partial<MockApiDependencies>;
  } = {},
): Promise<MockApiFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), "mock-api-"));
  const source = loadHelpdeskApi();
  const bindings = { ...source.bindings, rateLimit: MANY_REQUESTS, ...options.bindings };
  const datasetDir = options.datasetDir ?? join(dataDir, "dataset");
  if (!options.datasetDir) {
    await generateSupportTickets({ outDir: datasetDir, ticketCount: options.ticketCount ?? 300 });
    spreadStates(join(datasetDir, SQLITE_FILE));
  }
  const weather = options.weather ?? { rules: [] };
  const versionId = await insertHelpdesk(db, dataDir, datasetDir, { ...source, bindings, weather });
  const api = compileMockApi(source.document, bindings);
  const deps: MockApiDependencies = {
    db,
    config: { dataDir, secret: SECRET, publicUrl: "http://localhost:4000" },
    log: createLog("gateway", "silent"),
    ...options.deps,
  };
  const servers: Server[] = [];
  const reopen: (() => Promise<void>)[] = [];

  const callAs = async (attempt: AttemptContext, keyOwnerId = attempt.attemptId): Promise<MockApiCaller> => {
    let services: Map<string, EgressService> = await openMockApis(deps, attempt);
    reopen.push(async () => {
      services = await openMockApis(deps, attempt);
    });
    const socketPath = join(dataDir, `${randomUUID().slice(0, 8)}.sock`);
    const server = createServer((message, response) => {
      void services.get(HELPDESK_HOSTNAME)!.handle(message, response, attempt);
    });
    // As the egress server: a connection that is about to be reused must not be closed under it.
    server.keepAliveTimeout = 30_000;
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const key = mockApiKey(new TokenSealer(SECRET), keyOwnerId, HELPDESK_HOSTNAME);
    return makeCaller(attempt, key, socketPath, options.checkAnswers === false ? null : api);
  };

  return {
    api,
    deps,
    callAs,
    async addAttempt(overrides = {}) {
      const invitation = await insertInvitation(db, { assessmentVersionId: versionId });
      const attemptId = await insertAttempt(db, { invitationId: invitation.id });
      return callAs({ attemptId, sandboxId: randomUUID(), epoch: 1, kind: "scored", ...overrides });
    },
    async restart() {
      await closeMockApis(deps);
      for (const open of reopen) await open();
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      await closeMockApis(deps);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** In a small dataset hardly any ticket is still open or not English. */
function spreadStates(path: string): void {
  const dataset = new DatabaseSync(path);
  dataset.exec("UPDATE tickets SET status = 'open' WHERE rowid % 5 = 1");
  dataset.exec("UPDATE tickets SET status = 'solved' WHERE rowid % 5 = 2");
  dataset.exec(
    "UPDATE tickets SET status = 'new', first_response_at = NULL, solved_at = NULL WHERE rowid % 5 = 3",
  );
  dataset.exec("UPDATE tickets SET language = 'de' WHERE rowid % 7 = 1");
  dataset.close();
}

async function insertHelpdesk(
  db: Database,
  dataDir: string,
  datasetDir: string,
  api: { document: object; bindings: object; weather: object },
): Promise<string> {
  const blobs = new LocalBlobStore(blobDir(dataDir));
  const file = await blobs.write(createReadStream(join(datasetDir, SQLITE_FILE)));
  const { name, title, description, licence, tables } = JSON.parse(
    readFileSync(join(datasetDir, "manifest.json"), "utf8"),
  );
  const manifest = {
    name,
    title,
    description,
    licence,
    card: "",
    tables,
    files: [{ path: SQLITE_FILE, ...file }],
  };
  const insert = async (table: "dataset" | "mock_api") =>
    (
      await db
        .insertInto(table)
        .values({ slug: `helpdesk-${randomUUID()}`, title: "Helpdesk" })
        .returning("id")
        .executeTakeFirstOrThrow()
    ).id;
  const dataset = await db
    .insertInto("dataset_version")
    .values({ dataset_id: await insert("dataset"), sha256: file.sha256, manifest: JSON.stringify(manifest) })
    .returning("id")
    .executeTakeFirstOrThrow();
  const mockApi = await db
    .insertInto("mock_api_version")
    .values({
      mock_api_id: await insert("mock_api"),
      sha256: file.sha256,
      document: JSON.stringify(api.document),
      bindings: JSON.stringify(api.bindings),
      weather: JSON.stringify(api.weather),
      dataset_version_id: dataset.id,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const version = await insertAssessmentVersion(db);
  await db
    .insertInto("assessment_version_mock_api")
    .values({
      assessment_version_id: version.id,
      hostname: HELPDESK_HOSTNAME,
      mock_api_version_id: mockApi.id,
    })
    .execute();
  return version.id;
}

function makeCaller(
  attempt: AttemptContext,
  key: string,
  socketPath: string,
  api: CompiledApi | null,
): MockApiCaller {
  const send: MockApiCaller["send"] = async (method, path, options = {}) => {
    const payload = options.raw ?? (options.json === undefined ? undefined : JSON.stringify(options.json));
    const headers = {
      host: HELPDESK_HOSTNAME,
      ...(options.anonymous ? {} : { authorization: `Bearer ${key}` }),
      ...(options.json === undefined && options.raw === undefined
        ? {}
        : { "content-type": "application/json" }),
      ...(payload === undefined ? {} : { "content-length": String(Buffer.byteLength(payload)) }),
      ...options.headers,
    };
    const answer = await exchange(socketPath, method, `/v1${path}`, headers, payload);
    if (api) requireDocumented(api, method, `/v1${path}`, answer);
    return answer;
  };
  return {
    attempt,
    key,
    socketPath,
    send,
    get: (path, options) => send("GET", path, options),
    patch: (path, json, options) => send("PATCH", path, { json, ...options }),
    post: (path, json, options) => send("POST", path, { json, ...options }),
  };
}

function exchange(
  socketPath: string,
  method: string,
  path: string,
  headers: Record<string, string | string[]>,
  payload: string | Uint8Array | undefined,
): Promise<MockApiAnswer> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = text !== "" && String(response.headers["content-type"]).includes("json");
        const body = isJson ? parsed(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body });
      });
    });
    call.on("error", reject);
    call.end(payload);
  });
}

/** Undefined for what only claims to be JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws Error when the answer is not what the document says */
function requireDocumented(api: CompiledApi, method: string, path: string, answer: MockApiAnswer): void {
  if (method === "HEAD" || method === "OPTIONS") return;
  const match = (() => {
    try {
      return matchRoute(api, method, path);
    } catch {
      return null;
    }
  })();
  if (!match || "allow" in match) return;
  const violation = match.operation.checkResponse(answer.status, answer.body);
  if (violation)
    throw new Error(
      `${method} ${path} answered ${answer.status}; ${JSON.stringify(violation)}: ${answer.text.slice(0, 500)}`,
    );
}
