import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";

/** Pinned, so that figures of two days can be compared. Installed outside of the project, when first needed. */
const PACKAGES = ["@stoplight/prism-cli@5.16.0", "@mockoon/cli@9.9.0"];
const DIRECTORY = join(homedir(), ".cache", "worksample", "bench-mock-api");
const PRISM = join(DIRECTORY, "node_modules/@stoplight/prism-cli/dist/index.js");
const MOCKOON = join(DIRECTORY, "node_modules/@mockoon/cli/bin/run.js");
const START_MS = 60_000;
/** Of Linux, a second, as user programs see them. */
const CLOCK_TICKS = 100;

/** The core that servers run on; the load comes from another one. */
export const SERVER_CORE = "0";

export function installPeers(): void {
  if (existsSync(PRISM) && existsSync(MOCKOON)) return;
  mkdirSync(DIRECTORY, { recursive: true });
  console.log(`installing ${PACKAGES.join(" and ")} into ${DIRECTORY}`);
  const options = ["--prefix", DIRECTORY, "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, ...PACKAGES], { stdio: "inherit", timeout: 600_000 });
}

export interface Peer {
  port: number;
  pid: number;
  stop(): void;
}

/** @param file the document, on disk */
export async function startPrism(file: string): Promise<Peer> {
  const port = await freePort();
  return started(port, [PRISM, "mock", "-m", "false", "-h", "127.0.0.1", "-p", String(port), file]);
}

export async function startMockoon(file: string): Promise<Peer> {
  const port = await freePort();
  return started(port, [
    MOCKOON,
    "start",
    "--disable-log-to-file",
    "--hostname",
    "127.0.0.1",
    "--data",
    file,
    "--port",
    String(port),
  ]);
}

async function started(port: number, args: string[]): Promise<Peer> {
  const child: ChildProcess = spawn("taskset", ["-c", SERVER_CORE, process.execPath, ...args], {
    stdio: "ignore",
    env: { ...process.env, NODE_ENV: "production" },
  });
  const stop = () => {
    child.kill("SIGKILL");
  };
  const end = Date.now() + START_MS;
  while (Date.now() < end && child.exitCode === null) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return { port, pid: child.pid!, stop };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  stop();
  throw new Error(`${args[0]} did not start`);
}

/** Seconds of processor time that a process has used. */
export function cpuSecondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}
