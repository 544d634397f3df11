// Runs on whatever Node a machine has (20 or newer): installs the project's packages when they are missing or
// outdated, then hands over to the project's own Node 24. Plain JavaScript, no packages.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "../..");
const [command, ...rest] = process.argv.slice(2);

if (Number(process.versions.node.split(".")[0]) < 20) {
  fail(`Node ${process.versions.node} is too old: install Node 20 or newer and run this again.`);
}

// The others must not change packages under a platform that may be running; they only need them to be there.
const mayInstall = ["start", "test", "images"].includes(command);
const startedAt = Date.now();
const installed = mayInstall || !existsSync(join(project, "node_modules/.bin/node")) ? installPackages() : 0;
const node = join(project, "node_modules/.bin/node");
const child = spawn(node, [join(project, "services/tools", `${command}.ts`), ...rest], {
  stdio: "inherit",
  env: {
    ...process.env,
    PATH: `${join(project, "node_modules/.bin")}:${process.env.PATH}`,
    WORKSAMPLE_STARTED_AT: String(startedAt),
    WORKSAMPLE_INSTALLED: String(installed),
  },
});
// A terminal's Ctrl-C reaches the child by itself; it decides when to end.
for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

/** @returns milliseconds it took, or 0 when everything was there. */
function installPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(project, "package-lock.json")))
    .digest("hex");
  const mark = join(project, "node_modules/.worksample-lock");
  const current = existsSync(mark) && readFileSync(mark, "utf8") === lock;
  if (current && existsSync(join(project, "node_modules/.bin/node"))) return 0;
  console.log("Installing packages …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: project,
    stdio: "inherit",
  });
  if (status !== 0)
    fail(
      "The packages could not be installed: see npm's message above; check the connection to the npm registry and run this again.",
    );
  writeFileSync(mark, lock);
  return Date.now() - startedAt;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
