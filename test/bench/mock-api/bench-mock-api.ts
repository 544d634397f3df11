import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgreSqlContainer } from "@testcontainers/postgresql";
import autocannon from "autocannon";
import { loadHelpdeskApi } from "../../../datasets/support-tickets/api/load-helpdesk-api.ts";
import { migrate } from "../../../services/shared/db/migrate.ts";
import { ensureImages } from "../../../services/tools/images/ensure-images.ts";
import { type BenchRow, benchRow } from "../bench-row.ts";
import { behavioursPrismLacks } from "./compare-behaviours.ts";
import { cpuSecondsOf, installPeers, type Peer, SERVER_CORE, startMockoon, startPrism } from "./peers.ts";

const CONNECTIONS = 10;
const WARM_UP_SEC = 2;
const MEASURE_SEC = 4;
const LOAD_CORE = "1";

interface Engine extends Peer {
  key: string;
  ids: string[];
}

interface Scenario {
  name: string;
  method: "GET" | "PATCH";
  path: (ids: string[]) => string;
  headers?: Record<string, string>;
  /** Of the next request; each is another one, so that a change really changes something. */
  body?: () => string;
  /** What all servers must answer for the figure to mean the same; Mockoon does not validate. */
  status: number;
  /** Left out where Mockoon does nothing that compares. */
  mockoon?: false;
}

const JSON_TYPE = { "content-type": "application/json" };
let bodies = 0;
const SCENARIOS: Scenario[] = [
  { name: "one record", method: "GET", path: (ids) => `/tickets/${ids[0]}`, status: 200 },
  {
    name: "a list by three validated filters",
    method: "GET",
    path: () => "/tickets?status=solved,closed&priority=high&channel=email&limit=2",
    status: 200,
  },
  {
    name: "a change with a validated body",
    method: "PATCH",
    path: (ids) => `/tickets/${ids[1]}`,
    headers: JSON_TYPE,
    body: () => `{"priority":"high","tags":["bench_${++bodies}"]}`,
    status: 200,
  },
  {
    name: "a body that is refused",
    method: "PATCH",
    path: (ids) => `/tickets/${ids[1]}`,
    headers: JSON_TYPE,
    body: () => '{"priority":"whatever","tags":"none"}',
    status: 422,
    mockoon: false,
  },
  {
    name: "made up from the schema (Prefer: dynamic=true)",
    method: "GET",
    path: (ids) => `/tickets/${ids[0]}`,
    headers: { prefer: "dynamic=true" },
    status: 200,
    mockoon: false,
  },
];

/**
 * Requests a second of the engine against Prism and Mockoon: the same document, the same load, servers one after the
 * other on one core. The engine does more meanwhile: it keeps state, and logs every request to Postgres.
 */
export async function benchMockApi(): Promise<BenchRow[]> {
  installPeers();
  execFileSync("taskset", ["-a", "-cp", LOAD_CORE, String(process.pid)], { stdio: "ignore" });
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const images = await ensureImages(["postgres"], { onProgress: () => {} });
  const directory = mkdtempSync(join(tmpdir(), "bench-mock-api-"));
  const postgres = await new PostgreSqlContainer(images.postgres).start();
  const running: Peer[] = [];
  try {
    await migrate(postgres.getConnectionUri());
    const file = join(directory, "helpdesk.json");
    writeFileSync(file, JSON.stringify(loadHelpdeskApi().document));
    const engine = await startEngine(postgres.getConnectionUri());
    running.push(engine);
    const prism = await startPrism(file);
    running.push(prism);
    const mockoon = await startMockoon(file);
    running.push(mockoon);
    for (const fault of await behavioursPrismLacks(directory)) console.warn(`docs/mock-apis.md: ${fault}`);
    const rows: BenchRow[] = [];
    for (const scenario of SCENARIOS) rows.push(...(await compare(scenario, engine, prism, mockoon)));
    return rows;
  } finally {
    for (const peer of running) peer.stop();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compare(scenario: Scenario, engine: Engine, prism: Peer, mockoon: Peer): Promise<BenchRow[]> {
  const path = scenario.path(engine.ids);
  const ours = await load(scenario, engine, `/v1${path}`, engine.key);
  const rows = rowsOf(`${scenario.name}, against Prism`, ours, await load(scenario, prism, path, engine.key));
  if (scenario.mockoon === false) return rows;
  const theirs = await load(scenario, mockoon, `/v1${path}`, engine.key);
  return [...rows, ...rowsOf(`${scenario.name}, against Mockoon`, ours, theirs)];
}

interface Load {
  perSecond: number;
  /** What a busy machine changes little. */
  perCpuSecond: number;
}

function rowsOf(name: string, ours: Load, theirs: Load): BenchRow[] {
  return [
    benchRow(`mock API, ${name}`, ours.perSecond, "requests/s", theirs.perSecond),
    benchRow(`mock API, ${name}`, ours.perCpuSecond, "requests/s of processor time", theirs.perCpuSecond),
  ];
}

/** @throws Error when a server does not answer as the scenario says */
async function load(scenario: Scenario, { port, pid }: Peer, path: string, key: string): Promise<Load> {
  const { method, body, status } = scenario;
  const url = `http://127.0.0.1:${port}${path}`;
  const headers = { ...scenario.headers, authorization: `Bearer ${key}`, "x-api-key": key };
  const probe = await fetch(url, { method, headers, ...(body ? { body: body() } : {}) });
  if (probe.status !== status)
    throw new Error(`${method} ${url} answered ${probe.status}: ${(await probe.text()).slice(0, 300)}`);
  await probe.arrayBuffer();
  const requests = body && [{ setupRequest: (request: object) => ({ ...request, body: body() }) }];
  const options = { url, method, headers, connections: CONNECTIONS, ...(requests ? { requests } : {}) };
  await autocannon({ ...options, duration: WARM_UP_SEC });
  const before = cpuSecondsOf(pid);
  const result = await autocannon({ ...options, duration: MEASURE_SEC });
  const cpuSeconds = cpuSecondsOf(pid) - before;
  const answered = result["2xx"] + (status >= 400 ? result["4xx"] : 0);
  return { perSecond: answered / result.duration, perCpuSecond: answered / cpuSeconds };
}

function startEngine(databaseUrl: string): Promise<Engine> {
  const script = new URL("./serve-engine.ts", import.meta.url).pathname;
  const child = spawn("taskset", ["-c", SERVER_CORE, process.execPath, script], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, WORKSAMPLE_DATABASE_URL: databaseUrl },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the engine ended with code ${code}`)));
    child.once("message", (message) => {
      const { port, key, ids } = message as { port: number; key: string; ids: string[] };
      resolve({ port, pid: child.pid!, key, ids, stop: () => child.kill("SIGKILL") });
    });
  });
}
