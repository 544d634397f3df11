import { execFileSync } from "node:child_process";
import { startBenchDatabase } from "../bench-database.ts";
import { type BenchRow, benchRow } from "../bench-row.ts";
import { latencies, percentile, streamsPerSec, type Way } from "./measure.ts";
import { installPortkey, LOAD_CORE, type Served, serve, startPortkey } from "./served.ts";

const ROUNDS = 8;
const REQUESTS = 250;
const STREAM_ROUNDS = 3;
const STREAM_SEC = 4;
const STREAMS_AT_ONCE = 20;

/**
 * What the gateway adds to a call beside Portkey's gateway: the same upstream, the same requests, in rounds by turns. The
 * gateway keeps a budget in Postgres and a sealed transcript meanwhile; Portkey's keeps nothing. Upstream and load run
 * on one core, gateways on the other.
 */
export async function benchModels(): Promise<BenchRow[]> {
  installPortkey();
  execFileSync("taskset", ["-a", "-cp", LOAD_CORE, String(process.pid)], { stdio: "ignore" });
  const postgres = await startBenchDatabase();
  const served: Served[] = [];
  try {
    const upstream = await serve("serve-upstream.ts", LOAD_CORE, {});
    served.push(upstream);
    const baseUrl = `http://127.0.0.1:${upstream.port}/v1`;
    const own = await serve("serve-gateway.ts", undefined, {
      WORKSAMPLE_DATABASE_URL: postgres.url,
      BENCH_UPSTREAM: baseUrl,
    });
    served.push(own);
    const portkey = await startPortkey();
    served.push(portkey);
    const path = "/v1/chat/completions";
    return await measure([
      { name: "direct", port: upstream.port, path, headers: {}, model: "bench" },
      { name: "worksample", port: own.port, path, headers: {}, model: "small" },
      {
        name: "portkey",
        port: portkey.port,
        path,
        headers: { "x-portkey-provider": "openai", "x-portkey-custom-host": baseUrl },
        model: "bench",
      },
    ]);
  } finally {
    for (const process of served) process.stop();
    await postgres.stop();
  }
}

async function measure(ways: Way[]): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [kind, stream] of [
    ["a chat completion", false],
    ["a stream of 50 words", true],
  ] as const) {
    for (const way of ways) await latencies(way, REQUESTS, stream);
    const taken = new Map(ways.map((way) => [way.name, [] as number[]]));
    for (let round = 0; round < ROUNDS; round++)
      for (const way of ways) taken.get(way.name)!.push(...(await latencies(way, REQUESTS, stream)));
    const at = (name: string, share: number) => percentile(taken.get(name)!, share);
    for (const [label, share] of [
      ["p50", 0.5],
      ["p99", 0.99],
    ] as const) {
      const added = (name: string) => at(name, share) - at("direct", share);
      rows.push(benchRow(`models: added to ${kind}, ${label}`, added("worksample"), "ms", added("portkey")));
    }
  }
  const [, ...gateways] = ways;
  const rates = new Map(gateways.map((way) => [way.name, [] as number[]]));
  for (let round = 0; round < STREAM_ROUNDS; round++)
    for (const way of gateways)
      rates.get(way.name)!.push(await streamsPerSec(way, STREAM_SEC, STREAMS_AT_ONCE));
  const median = (name: string) => percentile(rates.get(name)!, 0.5);
  rows.push(
    benchRow(
      `models: streams of 50 words, ${STREAMS_AT_ONCE} at once`,
      median("worksample"),
      "streams/s",
      median("portkey"),
    ),
  );
  return rows;
}
