import { readConfig } from "../shared/config/config.ts";
import { openDatabase } from "../shared/db/database.ts";
import { createLog } from "../shared/observability/log.ts";
import { startGateway } from "./gateway.ts";
import { closeMockApis, serveScratch } from "./mock-api/service.ts";
import { createModelGateway } from "./models/model-gateway.ts";
import { openServices } from "./open-services.ts";
import { closePackages } from "./packages/service.ts";

const config = readConfig();
const log = createLog("gateway", config.logLevel);

// Every workspace of this host hangs on this process, and what it holds belongs to single connections: a bug in
// serving one of them must not end the others.
process.on("uncaughtException", (error) => log.fatal({ err: error }, "an error that nobody caught"));
process.on("unhandledRejection", (error) => log.fatal({ err: error }, "a rejection that nobody handled"));

const { db, pool, close: closeDatabase } = openDatabase(config.databaseUrl, { name: "worksample-gateway" });
const models = createModelGateway({ db, pool, config, log });
const services = { db, config, log, models };

async function run(): Promise<void> {
  const gateway = await startGateway(config, {
    db,
    log,
    openServices: (attempt) => openServices(services, attempt),
    serveScratch: serveScratch(services),
  });
  void models.settleLost(config.hostId);
  log.info({ port: gateway.port, hostId: config.hostId }, "gateway ready");
  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "gateway stops");
    gateway
      .close()
      .then(() => Promise.all([closeMockApis(services), models.close(), closePackages(services)]))
      .then(closeDatabase)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, "the gateway did not stop cleanly");
          process.exit(1);
        },
      );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

run().catch((error: unknown) => {
  log.fatal({ err: error }, "the gateway could not start");
  process.exit(1);
});
