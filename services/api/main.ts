import { Redis } from "ioredis";
import { collectDefaultMetrics, Registry } from "prom-client";
import { LocalBlobStore } from "../shared/blobs/local-blob-store.ts";
import { readConfig } from "../shared/config/config.ts";
import { openDatabase } from "../shared/db/database.ts";
import { createLog } from "../shared/observability/log.ts";
import { runProcess } from "../shared/observability/process.ts";
import { blobDir } from "../shared/sandbox/layout.ts";
import { buildApp } from "./app.ts";

const FINISH_REQUESTS_MS = 10_000;

const config = readConfig();
const log = createLog("api", config.logLevel);

await runProcess(log, async () => {
  const database = openDatabase(config.databaseUrl, { maxConnections: 20, name: "worksample-api" });
  // A command that cannot be sent fails at once instead of holding its request.
  const redis = new Redis(config.redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: 2000,
    lazyConnect: true,
  });
  redis.on("error", (error) => log.warn({ err: error }, "Valkey does not answer"));
  await redis.connect();
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const app = await buildApp(config, {
    database,
    redis,
    blobs: new LocalBlobStore(blobDir(config.dataDir)),
    log,
    registry,
  });
  await app.listen({ host: config.listenHost, port: config.apiPort });
  log.info({ port: config.apiPort, publicUrl: config.publicUrl }, "listening");
  return async () => {
    const timer = setTimeout(() => app.server.closeAllConnections(), FINISH_REQUESTS_MS);
    await app.close();
    clearTimeout(timer);
    redis.disconnect();
    await database.close();
  };
});
