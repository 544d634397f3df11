/** `npm stop`: ends what `npm start` runs. The data is kept. */
import { setTimeout as sleep } from "node:timers/promises";
import { openInstance } from "./instance/instance.ts";
import { runningSupervisor } from "./instance/supervisor.ts";
import { runTool, UserError } from "./instance/user-error.ts";

const TIMEOUT_MS = 90_000;

await runTool(async () => {
  const instance = await openInstance();
  const pid = await runningSupervisor(instance);
  if (pid === null) {
    console.log("Worksample is not running.");
    return;
  }
  process.kill(pid, "SIGTERM");
  const giveUp = Date.now() + TIMEOUT_MS;
  while ((await runningSupervisor(instance)) === pid) {
    if (Date.now() > giveUp)
      throw new UserError(
        `Process ${pid} did not end within ${TIMEOUT_MS / 1000} s: \`kill -9 ${pid}\` ends it.`,
      );
    await sleep(100);
  }
  console.log("Stopped; the data is kept.");
});
