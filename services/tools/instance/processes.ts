import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Instance, PROJECT_DIRECTORY } from "./instance.ts";
import { UserError } from "./user-error.ts";

/** In the order of their start; they are stopped in the opposite one. */
const PROCESSES = [
  { name: "mock-upstream", entry: "services/tools/mock-upstream/main.ts", port: "mockUpstream" },
  { name: "gateway", entry: "services/gateway/main.ts", port: "gateway" },
  { name: "worker", entry: "services/worker/main.ts", port: "worker" },
  { name: "api", entry: "services/api/main.ts", port: "api" },
] as const;
type Supervised = (typeof PROCESSES)[number];
type ProcessName = Supervised["name"];

const READY_TIMEOUT_MS = 60_000;
const RESTART_DELAY_MS = 1000;
const LAST_LINES = 10;
const STOP_TIMEOUT_MS = 30_000;

export interface Processes {
  /** Asks all to end in order, waits, and kills what does not. */
  stop(): Promise<void>;
}

/** Starts the processes, brings back whichever dies, and returns once all are ready. */
export async function startProcesses(instance: Instance, environment: NodeJS.ProcessEnv): Promise<Processes> {
  const logs = join(instance.home, "logs");
  await mkdir(logs, { recursive: true });
  const children = new Map<ProcessName, ChildProcess>();
  let stopping = false;

  function launch(supervised: Supervised): void {
    const { name, entry } = supervised;
    const log = openSync(join(logs, `${name}.log`), "a", 0o600);
    const child = spawn(process.execPath, [join(PROJECT_DIRECTORY, entry)], {
      cwd: PROJECT_DIRECTORY,
      env: name === "mock-upstream" ? withoutSecrets(environment) : environment,
      stdio: ["ignore", log, log],
      // Ctrl-C goes to the supervisor alone, which ends them in order.
      detached: true,
    });
    closeSync(log);
    children.set(name, child);
    child.on("exit", () => {
      if (!stopping) setTimeout(() => !stopping && launch(supervised), RESTART_DELAY_MS);
    });
  }

  async function stop(): Promise<void> {
    stopping = true;
    for (const { name } of PROCESSES.toReversed()) {
      const child = children.get(name);
      if (!child || child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    }
  }

  for (const supervised of PROCESSES) launch(supervised);
  try {
    await Promise.all(
      PROCESSES.map(({ name, port }) =>
        waitUntilReady(name, instance.ports[port], join(logs, `${name}.log`)),
      ),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** What the mock needs: it reads what candidates write, and has nothing to tell. */
function withoutSecrets({
  PATH,
  NODE_ENV,
  WORKSAMPLE_MOCK_UPSTREAM_PORT,
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH, NODE_ENV, WORKSAMPLE_MOCK_UPSTREAM_PORT };
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: Error) => error.message);
  return text.trimEnd().split("\n").slice(-LAST_LINES).join("\n");
}

async function waitUntilReady(name: ProcessName, port: number, log: string): Promise<void> {
  const giveUp = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(3000),
    }).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > giveUp) {
      const detail = answer ? `it says ${(await answer.text()).trim()}` : "it does not answer";
      throw new UserError(
        `The ${name} was not ready within a minute: ${detail}. The last it logged, in ${log}:\n${await lastLines(log)}`,
      );
    }
    await sleep(100);
  }
}
