/**
 * `npm start`: brings the whole platform up with a demo seeded, prints the links, and stays in the foreground.
 * `--detach` leaves it running; `npm stop` ends it.
 */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "../shared/db/migrate.ts";
import { ensureImages } from "./images/ensure-images.ts";
import { readDemo, writeDemo } from "./instance/demo-file.ts";
import { ensureDocker } from "./instance/docker-host.ts";
import { type Instance, openInstance, processEnvironment } from "./instance/instance.ts";
import { raiseKernelLimits } from "./instance/kernel-limits.ts";
import { buildPages } from "./instance/pages.ts";
import { checkMachine } from "./instance/preflight.ts";
import { printLinks } from "./instance/print-links.ts";
import { type Processes, startProcesses } from "./instance/processes.ts";
import { Progress } from "./instance/progress.ts";
import { releaseSandboxes } from "./instance/sandboxes.ts";
import { acrossRestart, startStores, stopStores } from "./instance/stores.ts";
import { runningSupervisor, supervisorFile } from "./instance/supervisor.ts";
import { runTool } from "./instance/user-error.ts";
import { seedDemo } from "./seed/seed-demo.ts";

const detach = process.argv.includes("--detach");

await runTool(async () => {
  const instance = await openInstance();
  const running = await runningSupervisor(instance);
  if (running !== null) {
    console.log(`Worksample is running already (process ${running}); \`npm stop\` ends it.`);
    const demo = await readDemo(instance);
    if (demo) printLinks(demo);
    return;
  }
  if (detach && process.env.WORKSAMPLE_SUPERVISOR !== "1") await startDetached(instance);
  else await startHere(instance);
});

async function startHere(instance: Instance): Promise<void> {
  let processes: Processes | undefined;
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= shutDown(instance, processes);
    ending.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  await mkdir(join(instance.home, "run"), { recursive: true });
  await writeFile(supervisorFile(instance), String(process.pid));
  try {
    processes = await bringUp(instance);
  } catch (error) {
    await rm(supervisorFile(instance), { force: true });
    throw error;
  }
  console.log("\nPress Ctrl-C to stop; the data is kept.");
}

async function bringUp(instance: Instance): Promise<Processes> {
  const progress = new Progress(Number(process.env.WORKSAMPLE_STARTED_AT) || Date.now());
  console.log("Starting Worksample\n");
  const installed = Number(process.env.WORKSAMPLE_INSTALLED);
  if (installed > 0) progress.line("Packages installed", installed);
  await checkMachine(instance);
  await progress.step("Docker", ensureDocker);
  for (const warning of await raiseKernelLimits()) console.log(`    ${warning}`);
  const images = await progress.step("Images", (detail) =>
    ensureImages(["postgres", "valkey", "workbench"], { onProgress: detail }),
  );
  const stores = await progress.step("Postgres and Valkey", () => startStores(instance, images));
  await progress.step("Database schema", () =>
    acrossRestart(instance, stores, () => migrate(stores.databaseUrl)),
  );
  await progress.step("Pages", buildPages);
  const demo = await progress.step("Demo", (detail) =>
    acrossRestart(instance, stores, () => seedDemo(instance, stores.databaseUrl, detail)),
  );
  await writeDemo(instance, demo);
  const environment = processEnvironment(instance, stores, images.workbench);
  const processes = await progress.step("Gateway, worker and api", () =>
    startProcesses(instance, environment),
  );
  console.log(`\nReady after ${progress.total}.`);
  printLinks(demo);
  return processes;
}

async function shutDown(instance: Instance, processes: Processes | undefined): Promise<void> {
  console.log("\nStopping …");
  await processes?.stop();
  await releaseSandboxes(instance);
  await stopStores(instance);
  await rm(supervisorFile(instance), { force: true });
  console.log("Stopped; the data is kept.");
}

/** Runs the same command in a session of its own and follows its output until it is up. */
async function startDetached(instance: Instance): Promise<void> {
  await mkdir(join(instance.home, "logs"), { recursive: true });
  const logFile = join(instance.home, "logs", "start.log");
  await rm(logFile, { force: true });
  const log = openSync(logFile, "a", 0o600);
  const child = spawn(process.execPath, [import.meta.filename], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, WORKSAMPLE_SUPERVISOR: "1" },
  });
  closeSync(log);
  child.unref();
  let ended = false;
  child.on("exit", () => {
    ended = true;
  });
  const { open } = await import("node:fs/promises");
  const reader = await open(logFile, "r");
  try {
    for (let text = ""; ; await sleep(100)) {
      const { buffer, bytesRead } = await reader.read({ buffer: Buffer.alloc(64 * 1024), position: null });
      const chunk = buffer.toString("utf8", 0, bytesRead);
      process.stdout.write(
        chunk.replace(
          "\nPress Ctrl-C to stop; the data is kept.\n",
          "\nRunning in the background; `npm stop` ends it.\n",
        ),
      );
      text = (text + chunk).slice(-4096);
      if (text.includes("Press Ctrl-C to stop")) return;
      if (ended && bytesRead === 0) process.exit(1);
    }
  } finally {
    await reader.close();
  }
}
