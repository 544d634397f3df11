import { readConfig } from "../shared/config/config.ts";
import { createLog } from "../shared/observability/log.ts";
import { runProcess } from "../shared/observability/process.ts";
import { startWorker } from "./worker.ts";

const config = readConfig();
const log = createLog("worker", config.logLevel);

await runProcess(log, async () => {
  const worker = await startWorker(config, log);
  log.info(
    { port: worker.port, hostId: config.hostId, maxSandboxes: config.maxSandboxes },
    "worker is ready",
  );
  return () => worker.close();
});
