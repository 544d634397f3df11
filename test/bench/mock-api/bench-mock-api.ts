import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadHelpdeskApi } from "../../../datasets/support-tickets/api/load-helpdesk-api.ts";
import { openDatabase } from "../../../services/shared/db/database.ts";
import { startBenchDatabase } from "../bench-database.ts";
import { type BenchRow, benchRow } from "../bench-row.ts";
import { behavioursPrismLacks } from "./compare-behaviours.ts";
import { type Load, measureLoad, type Scenario, type Target, warmUp } from "./measure-load.ts";
import { installPeers, type Peer, SERVER_CORE, startMockoon, startPrism } from "./peers.ts";

const ROUNDS = 3;
/** Of what sends the load. Postgres runs where there is room, and gets in the engine's way. */
const LOAD_CORE = "1";

interface Engine extends Peer {
  key: string;
  ids: string[];
}

const JSON_TYPE = { "content-type": "application/json" };
const SOME_STATUSES = ["new", "open", "pending", "solved", "closed"].flatMap((one, index, all) =>
  all.slice(index + 1).map((other) => `${one},${other}`),
);
const PRIORITIES = ["low", "normal", "high", "urgent"];
const CHANNELS = ["email", "chat", "web_form", "phone"];
let bodies = 0;
let lists = 0;

/** By three filters; there are 160 in turn. */
function someList(): string {
  const number = lists++;
  const status = SOME_STATUSES[number % 10];
  const priority = PRIORITIES[Math.floor(number / 10) % 4];
  const channel = CHANNELS[Math.floor(number / 40) % 4];
  return `/tickets?status=${status}&priority=${priority}&channel=${channel}&limit=2`;
}
const SCENARIOS: Scenario[] = [
  { name: "one record", method: "GET", path: (ids) => `/tickets/${ids[0]}`, status: 200 },
  {
    name: "one of 160 lists by three validated filters",
    method: "GET",
    path: someList,
    status: 200,
  },
  {
    name: "a list by four filters that nobody asked for before",
    method: "GET",
    path: () => `${someList()}&created_before=${new Date(2e12 + lists).toISOString()}`,
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
 * Requests a second of the engine against Prism and Mockoon: the same document, the same load, each server on one
 * core. They take turns, several rounds of each, and the median counts, so that what else the machine does meets all.
 * The engine does more meanwhile: it keeps state in Postgres, and logs every request there.
 */
export async function benchMockApi(): Promise<BenchRow[]> {
  installPeers();
  execFileSync("taskset", ["-a", "-cp", LOAD_CORE, String(process.pid)], { stdio: "ignore" });
  const directory = mkdtempSync(join(tmpdir(), "bench-mock-api-"));
  const postgres = await startBenchDatabase();
  const running: Peer[] = [];
  try {
    const file = join(directory, "helpdesk.json");
    writeFileSync(file, JSON.stringify(loadHelpdeskApi().document));
    const engine = await startEngine(postgres.url);
    running.push(engine);
    const prism = await startPrism(file);
    running.push(prism);
    const mockoon = await startMockoon(file);
    running.push(mockoon);
    for (const fault of await behavioursPrismLacks(directory)) console.warn(`docs/mock-apis.md: ${fault}`);
    const rows: BenchRow[] = [];
    for (const scenario of SCENARIOS) rows.push(...(await compare(scenario, engine, prism, mockoon)));
    await requireKept(engine, postgres.url);
    return rows;
  } finally {
    for (const peer of running) peer.stop();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compare(scenario: Scenario, engine: Engine, prism: Peer, mockoon: Peer): Promise<BenchRow[]> {
  const { key, ids } = engine;
  const targets: Target[] = [
    { peer: engine, prefix: "/v1", key, ids },
    { peer: prism, prefix: "", key, ids },
    ...(scenario.mockoon === false ? [] : [{ peer: mockoon, prefix: "/v1", key, ids }]),
  ];
  for (const target of targets) await warmUp(scenario, target);
  const rounds: Load[][] = targets.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, target] of targets.entries()) rounds[index]!.push(await measureLoad(scenario, target));
  const [ours, ...theirs] = rounds.map(medianOf);
  return theirs.flatMap((load, index) =>
    rowsOf(`${scenario.name}, against ${index === 0 ? "Prism" : "Mockoon"}`, ours!, load),
  );
}

function medianOf(loads: readonly Load[]): Load {
  const median = (figure: (load: Load) => number) =>
    loads.map(figure).toSorted((left, right) => left - right)[Math.floor(loads.length / 2)]!;
  return {
    perSecond: median((load) => load.perSecond),
    perCpuSecond: median((load) => load.perCpuSecond),
  };
}

function rowsOf(name: string, ours: Load, theirs: Load): BenchRow[] {
  return [
    benchRow(`mock API, ${name}`, ours.perSecond, "requests/s", theirs.perSecond),
    benchRow(`mock API, ${name}`, ours.perCpuSecond, "requests/s of processor time", theirs.perCpuSecond),
  ];
}

/** What the engine left out would have made it fast. @throws Error */
async function requireKept({ port, key, ids }: Engine, databaseUrl: string): Promise<void> {
  // The rest of the log, and the count of what is missing there, are on their way.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const answer = await fetch(`http://127.0.0.1:${port}/v1/tickets/${ids[1]}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { tags } = (await answer.json()) as { tags: string[] };
  const { db, close } = openDatabase(databaseUrl);
  try {
    const unlogged = await db.selectFrom("mock_api_unlogged").select("requests").execute();
    const { document } = await db.selectFrom("mock_api_record").select("document").executeTakeFirstOrThrow();
    const kept = (document as { tags: string[] }).tags;
    if (unlogged.length > 0 || kept.join() !== tags.join() || !/^bench_/.test(kept.join()))
      throw new Error(`the engine did not keep all it was sent: ${JSON.stringify({ unlogged, kept, tags })}`);
  } finally {
    await close();
  }
}

function startEngine(databaseUrl: string): Promise<Engine> {
  const script = new URL("./serve-engine.ts", import.meta.url).pathname;
  const child = spawn("taskset", ["-c", SERVER_CORE, process.execPath, script], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", WORKSAMPLE_DATABASE_URL: databaseUrl },
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
