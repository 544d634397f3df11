/** `npm run reset`: removes everything this instance has stored. Asks first; `--yes` answers. */
import { rm } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { ensureDocker } from "./instance/docker-host.ts";
import { type Instance, openInstance } from "./instance/instance.ts";
import { releaseSandboxes } from "./instance/sandboxes.ts";
import { removeStores } from "./instance/stores.ts";
import { runningSupervisor } from "./instance/supervisor.ts";
import { runTool, UserError } from "./instance/user-error.ts";

await runTool(async () => {
  const instance = await openInstance();
  if ((await runningSupervisor(instance)) !== null)
    throw new UserError("Worksample is running: `npm stop` it first, then reset.");
  if (!process.argv.includes("--yes") && !(await confirmed(instance))) {
    console.log("Nothing was changed.");
    return;
  }
  await ensureDocker(() => {});
  await releaseSandboxes(instance);
  await removeStores(instance);
  await rm(instance.home, { recursive: true, force: true });
  console.log("Everything was removed. Images are kept; `npm start` begins anew.");
});

async function confirmed(instance: Instance): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UserError("This removes all data. Confirm with `npm run reset -- --yes`.");
  const question = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await question.question(
    `This removes the database, every submission and the signing key under ${instance.home}.\nType "reset" to go on: `,
  );
  question.close();
  return answer.trim() === "reset";
}
