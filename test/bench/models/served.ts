import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";

/** Pinned, so that figures of two days can be compared. Installed outside of the project, when first needed. */
const PORTKEY = "@portkey-ai/gateway@1.15.2";
const DIRECTORY = join(homedir(), ".cache", "worksample", "bench-models");
const PORTKEY_MAIN = join(DIRECTORY, "node_modules/@portkey-ai/gateway/build/start-server.js");
const START_MS = 60_000;

export const SERVER_CORE = "0";
export const LOAD_CORE = "1";

export interface Served {
  port: number;
  stop(): void;
}

export function installPortkey(): void {
  if (existsSync(PORTKEY_MAIN)) return;
  mkdirSync(DIRECTORY, { recursive: true });
  console.log(`installing ${PORTKEY} into ${DIRECTORY}`);
  const options = ["--prefix", DIRECTORY, "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", ["install", ...options, PORTKEY], { stdio: "inherit", timeout: 600_000 });
}

export async function startPortkey(): Promise<Served> {
  const port = await freePort();
  const child = onCore(
    SERVER_CORE,
    ["--import", join(import.meta.dirname, "keep-response.ts"), PORTKEY_MAIN, `--port=${port}`, "--headless"],
    {},
  );
  const end = Date.now() + START_MS;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer) return { port, stop: () => void child.kill("SIGKILL") };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill("SIGKILL");
  throw new Error("Portkey's gateway did not start");
}

/** A program of this directory that tells its port. */
export async function serve(
  file: string,
  core = SERVER_CORE,
  environment: Record<string, string>,
): Promise<Served> {
  const child = onCore(core, [join(import.meta.dirname, file)], environment);
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => resolve((message as { port: number }).port));
    child.once("exit", () => reject(new Error(`${file} ended`)));
  });
  return { port, stop: () => void child.kill("SIGKILL") };
}

function onCore(core: string, args: string[], environment: Record<string, string>): ChildProcess {
  return spawn("taskset", ["-c", core, process.execPath, ...args], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", ...environment },
  });
}
