/**
 * `node test/bench/mock-api.bench.ts DATASET_DIR`: requests a second of the helpdesk on a dataset made by
 * datasets/support-tickets/generate.ts, in one process over a Unix socket.
 * CPU is that of client and server together, which says more than the rate when the machine is busy. Needs WORKSAMPLE_DATABASE_URL with the
 * schema in place; what it writes there stays.
 */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { openDatabase } from "../../services/shared/db/database.ts";
import { startMockApiFixture } from "../support/mock-api-fixture.ts";

const SECONDS = 4;
const CONNECTIONS = 8;

const [datasetDir] = process.argv.slice(2);
const url = process.env.WORKSAMPLE_DATABASE_URL;
if (!datasetDir || !url) throw new Error("usage: WORKSAMPLE_DATABASE_URL=… mock-api.bench.ts DATASET_DIR");
const database = openDatabase(url);
const fixture = await startMockApiFixture(database.db, {
  datasetDir,
  checkAnswers: false,
  bindings: {
    rateLimit: { requestsPerMinute: 100_000, burst: 10_000 },
    quota: { records: 1_000_000, bytes: 1_000_000_000 },
  },
});
const caller = await fixture.addAttempt();
const begin = performance.now();
const { data } = (await caller.get("/tickets?limit=100")).body;
console.log(`first answer (base built): ${Math.round(performance.now() - begin)} ms`);
const fresh = await fixture.addAttempt();
const opened = performance.now();
await fresh.get("/products");
console.log(`first answer of another attempt: ${(performance.now() - opened).toFixed(1)} ms`);

const ids: string[] = data.map((ticket: { ticket_id: string }) => ticket.ticket_id);
const anyId = () => ids[Math.floor(Math.random() * ids.length)]!;
const cases: [string, () => { method: string; path: string; body?: object }][] = [
  ["GET by id", () => ({ method: "GET", path: `/tickets/${anyId()}` })],
  ["list, newest 25", () => ({ method: "GET", path: "/tickets" })],
  [
    "list, 3 filters, 25",
    () => ({ method: "GET", path: "/tickets?status=solved,closed&priority=high&channel=email" }),
  ],
  [
    "list, 3 filters, 100",
    () => ({ method: "GET", path: "/tickets?status=solved,closed&priority=high&channel=email&limit=100" }),
  ],
  ["list by tag", () => ({ method: "GET", path: "/tickets?tag=payments" })],
  ["list by a tag nobody has", () => ({ method: "GET", path: "/tickets?tag=nobody" })],
  ["search, common word", () => ({ method: "GET", path: "/tickets?q=card" })],
  ["search, two words", () => ({ method: "GET", path: "/tickets?q=card+declined" })],
  ["search, begin*", () => ({ method: "GET", path: "/tickets?q=re*" })],
  ["messages of a ticket", () => ({ method: "GET", path: `/tickets/${anyId()}/messages` })],
  ["PATCH", () => ({ method: "PATCH", path: `/tickets/${anyId()}`, body: { tags: [`t${Math.random()}`] } })],
  ["GET by id, after writes", () => ({ method: "GET", path: `/tickets/${anyId()}` })],
  [
    "list, 3 filters, after writes",
    () => ({ method: "GET", path: "/tickets?status=solved,closed&priority=high&channel=email" }),
  ],
  ["search, after writes", () => ({ method: "GET", path: "/tickets?q=card" })],
];
for (const [name, next] of cases) await measure(name, next);

const others = await Promise.all(Array.from({ length: 100 }, () => fixture.addAttempt()));
const before = ownMemory();
for (const other of others) await other.get("/tickets?q=card");
console.log(`100 attempts open: ${Math.round((ownMemory() - before) / 1024)} MiB more`);
await fixture.close();
await database.close();

/** KiB that are this process's alone; mapped pages of the base are counted once for the whole machine. */
function ownMemory(): number {
  return Number(/RssAnon:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))![1]);
}

async function measure(name: string, next: () => { method: string; path: string; body?: object }) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const failures = new Map<number, number>();
  const end = performance.now() + SECONDS * 1000;
  const cpuBefore = process.cpuUsage();
  const loop = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const status = await send(agent, next());
      times.push(performance.now() - start);
      if (status >= 400) failures.set(status, (failures.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const cpu = process.cpuUsage(cpuBefore);
  agent.destroy();
  times.sort((left, right) => left - right);
  const at = (part: number) => times[Math.floor(times.length * part)]!.toFixed(1);
  const failed = failures.size > 0 ? `  failed ${JSON.stringify([...failures])}` : "";
  console.log(
    `${name.padEnd(32)} ${String(Math.round(times.length / SECONDS)).padStart(6)}/s  ${((cpu.user + cpu.system) / 1000 / times.length).toFixed(2).padStart(6)} ms CPU  p50 ${at(0.5)} ms  p99 ${at(0.99)} ms${failed}`,
  );
}

function send(
  agent: Agent,
  { method, path, body }: { method: string; path: string; body?: object },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const payload = body && JSON.stringify(body);
    const call = request(
      {
        agent,
        socketPath: caller.socketPath,
        method,
        path: `/v1${path}`,
        headers: {
          host: "helpdesk.internal",
          "x-api-key": caller.key,
          ...(payload ? { "content-type": "application/json" } : {}),
        },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    call.on("error", reject);
    call.end(payload);
  });
}
