import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { TestProject } from "vitest/node";
import type { Demo } from "../../services/tools/instance/demo-file.ts";
import { freePort } from "./free-port.ts";

declare module "vitest" {
  export interface ProvidedContext {
    demo: Demo;
    /** Data of the running instance, for tests that look behind the pages. */
    platformHome: string;
  }
}

export interface PlatformEnvironment {
  home: string;
  environment: Record<string, string>;
}

/** Settings of an instance beside any other on this machine. */
export async function privateInstance(): Promise<PlatformEnvironment> {
  const home = await mkdtemp(join(tmpdir(), "worksample-"));
  const [api, gateway, worker, mockUpstream] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  return {
    home,
    environment: {
      WORKSAMPLE_HOME: home,
      WORKSAMPLE_API_PORT: String(api),
      WORKSAMPLE_GATEWAY_PORT: String(gateway),
      WORKSAMPLE_WORKER_PORT: String(worker),
      WORKSAMPLE_MOCK_UPSTREAM_PORT: String(mockUpstream),
    },
  };
}

/** Runs one of the project's npm commands for an instance. */
export function runCommand(
  name: "start" | "stop" | "reset",
  platform: PlatformEnvironment,
  ...args: string[]
) {
  return execa(process.execPath, [join(import.meta.dirname, `../../services/tools/${name}.ts`), ...args], {
    env: platform.environment,
    reject: false,
    all: true,
    stdin: "ignore",
  });
}

/** The whole platform, as `npm start` brings it up, for the browser tests. */
export default async function setup(project: TestProject) {
  const platform = await privateInstance();
  const tearDown = async () => {
    await runCommand("stop", platform);
    await runCommand("reset", platform, "--yes");
    await rm(platform.home, { recursive: true, force: true });
  };
  const started = await runCommand("start", platform, "--detach");
  if (started.exitCode !== 0) {
    await tearDown();
    throw new Error(`npm start failed:\n${started.all}`);
  }
  project.provide("demo", JSON.parse(await readFile(join(platform.home, "demo.json"), "utf8")) as Demo);
  project.provide("platformHome", platform.home);
  return tearDown;
}
