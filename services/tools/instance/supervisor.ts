import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Instance } from "./instance.ts";

/** Holds the process id of a running `npm start`. */
export function supervisorFile(instance: Instance): string {
  return join(instance.home, "run", "supervisor.pid");
}

/** The process id of the running supervisor of this instance, or null. */
export async function runningSupervisor(instance: Instance): Promise<number | null> {
  const text = await readFile(supervisorFile(instance), "utf8").catch(() => "");
  const pid = Number(text.trim());
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) return null;
  // A number left behind by a crash may belong to somebody else by now.
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return command.includes("services/tools/start.ts") ? pid : null;
}
