import autocannon from "autocannon";
import { cpuSecondsOf, type Peer } from "./peers.ts";

const CONNECTIONS = 10;
const WARM_UP_SEC = 5;
const MEASURE_SEC = 3;

/** One kind of request, the same for every server. */
export interface Scenario {
  name: string;
  method: "GET" | "PATCH";
  /** Of the next request. */
  path: (ids: string[]) => string;
  headers?: Record<string, string>;
  /** Of the next request; each is another one, so that a change really changes something. */
  body?: () => string;
  /** What all servers must answer for the figure to mean the same; Mockoon does not validate. */
  status: number;
  /** Left out where Mockoon does nothing that compares. */
  mockoon?: false;
}

export interface Load {
  perSecond: number;
  /** What a busy machine changes little. */
  perCpuSecond: number;
}

export interface Target {
  peer: Peer;
  /** Before the paths of scenarios. */
  prefix: string;
  key: string;
  ids: string[];
}

/** Until the server has compiled what it compiles. @throws Error when it does not answer as the scenario says */
export async function warmUp(scenario: Scenario, target: Target): Promise<void> {
  const { url, path, headers, method, body } = requestOf(scenario, target);
  const probe = await fetch(url + path(), { method, headers, ...(body ? { body: body() } : {}) });
  const text = await probe.text();
  if (probe.status !== scenario.status)
    throw new Error(`${scenario.name}: ${method} ${url} answered ${probe.status}: ${text.slice(0, 300)}`);
  await send(scenario, target, WARM_UP_SEC);
}

/** @throws Error when any request is answered otherwise than the scenario says, or not at all */
export async function measureLoad(scenario: Scenario, target: Target): Promise<Load> {
  const before = cpuSecondsOf(target.peer.pid);
  const { answered, seconds } = await send(scenario, target, MEASURE_SEC);
  const cpuSeconds = cpuSecondsOf(target.peer.pid) - before;
  return { perSecond: answered / seconds, perCpuSecond: answered / cpuSeconds };
}

function requestOf({ method, path, headers, body }: Scenario, { peer, prefix, key, ids }: Target) {
  return {
    url: `http://127.0.0.1:${peer.port}`,
    path: () => prefix + path(ids),
    method,
    headers: { ...headers, authorization: `Bearer ${key}`, "x-api-key": key },
    body,
  };
}

async function send(scenario: Scenario, target: Target, duration: number) {
  const { url, path, method, headers, body } = requestOf(scenario, target);
  const setupRequest = (request: object) => ({
    ...request,
    path: path(),
    ...(body ? { body: body() } : {}),
  });
  const options = { url, method, headers, connections: CONNECTIONS, duration };
  const result = await autocannon({ ...options, requests: [{ setupRequest }] });
  const { [scenario.status]: expected, ...others } = result.statusCodeStats;
  if (!expected || result.errors > 0 || Object.keys(others).length > 0)
    throw new Error(`${method} ${url}: ${result.errors} errors, ${JSON.stringify(result.statusCodeStats)}`);
  return { answered: expected.count, seconds: result.duration };
}
