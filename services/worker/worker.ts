import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import { sql } from "kysely";
import pLimit from "p-limit";
import { loadOrCreateSigningKey } from "../shared/archive/signing-key.ts";
import { LocalBlobStore } from "../shared/blobs/local-blob-store.ts";
import type { Config } from "../shared/config/config.ts";
import { openDatabase } from "../shared/db/database.ts";
import { createHealthServer } from "../shared/observability/health-server.ts";
import type { Log } from "../shared/observability/log.ts";
import { GatewayControl } from "../shared/sandbox/gateway-control.ts";
import { blobDir, controlSocket, signingKeyFile } from "../shared/sandbox/layout.ts";
import type { WorkerContext } from "./context.ts";
import { DockerEngine } from "./engine/docker-engine.ts";
import { findDeadSandboxes } from "./jobs/sweep.ts";
import { createMailer } from "./mail/mailer.ts";
import { createMetrics } from "./metrics.ts";
import { startDispatcher } from "./outbox/dispatcher.ts";
import { jobConcurrency, runJobs } from "./run-jobs.ts";
import { reportLost } from "./sandbox/report-lost.ts";
import { SnapshotPace } from "./sealing/snapshot-pace.ts";
import { runOnHost } from "./volume/host-commands.ts";
import { Volumes } from "./volume/volumes.ts";

/** Reading a workspace and compressing it keeps a processor busy. */
const SEALED_AT_ONCE = 2;
const SPARE_CONNECTIONS = 16;

export interface RunningWorker {
  /** Of health and metrics. */
  port: number;
  /** Running jobs finish; what could not be finished goes back to the queue. */
  close(): Promise<void>;
}

/** Starts the worker of this host. @throws when a part it needs does not answer */
export async function startWorker(config: Config, log: Log): Promise<RunningWorker> {
  await mkdir(config.dataDir, { recursive: true });
  const database = openDatabase(config.databaseUrl, {
    // A job may hold one connection for its lock while it works with another.
    maxConnections: jobConcurrency(config) + SPARE_CONNECTIONS,
    name: "worksample-worker",
  });
  const redis = new Redis(config.redisUrl, { maxRetriesPerRequest: null });
  redis.on("error", (error) => log.warn({ err: error }, "the connection to Valkey broke; reconnecting"));
  const engine = new DockerEngine(config.dockerSocket);
  const context: WorkerContext = {
    config,
    db: database.db,
    log,
    blobs: new LocalBlobStore(blobDir(config.dataDir)),
    engine,
    volumes: new Volumes(runOnHost),
    gateway: new GatewayControl(controlSocket(config.dataDir)),
    signingKey: await loadOrCreateSigningKey(signingKeyFile(config.dataDir)),
    captureCaches: new Map(),
    snapshotPace: new SnapshotPace(),
    metrics: createMetrics(),
    mailer: createMailer(config),
    sealingTurns: pLimit(SEALED_AT_ONCE),
  };
  await registerHost(context);
  await findDeadSandboxes(context);
  const dispatcher = await startDispatcher(database.db, config.databaseUrl, redis, log);
  const jobs = await runJobs(context, redis);
  const stopWatching = await engine.watchDeaths(config.hostId, (sandboxId) => noteDeath(context, sandboxId));
  const health = createHealthServer(context.metrics.registry, {
    postgres: () => sql`select 1`.execute(database.db),
    valkey: () => redis.ping(),
    docker: () => engine.ping(),
  });
  await new Promise<void>((resolve, reject) => {
    health.once("error", reject);
    health.listen(config.workerPort, config.listenHost, resolve);
  });
  return {
    port: (health.address() as AddressInfo).port,
    async close() {
      stopWatching();
      await jobs.close();
      await dispatcher.close();
      context.mailer?.close();
      health.close();
      health.closeAllConnections();
      redis.disconnect();
      await database.close();
    },
  };
}

async function registerHost({ db, config }: WorkerContext): Promise<void> {
  await db
    .insertInto("host")
    .values({ id: config.hostId, capacity: config.maxSandboxes })
    .onConflict((conflict) =>
      conflict.column("id").doUpdateSet({ capacity: config.maxSandboxes, last_seen_at: sql<Date>`now()` }),
    )
    .execute();
}

function noteDeath(context: WorkerContext, sandboxId: string): void {
  reportLost(context, sandboxId).catch((error: unknown) =>
    context.log.error({ sandboxId, err: error }, "a lost sandbox could not be noted; the sweep will"),
  );
}
