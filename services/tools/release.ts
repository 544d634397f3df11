/**
 * `node services/tools/release.ts`: removes the containers and mounts of the workspaces on this host, for example
 * before it is shut down. Run it while the worker is stopped, which would bring them back otherwise. Files stay.
 */
import { readConfig } from "../shared/config/config.ts";
import { releaseSandboxes } from "./instance/sandboxes.ts";
import { runTool } from "./instance/user-error.ts";

await runTool(async () => {
  const config = readConfig();
  await releaseSandboxes(config);
  console.log(`No workspace of ${config.hostId} is left running or mounted; their files are kept.`);
});
