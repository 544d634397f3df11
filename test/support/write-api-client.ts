/** `npm run api:client`: writes the web's client from the document of an api with databases of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgreSqlContainer } from "@testcontainers/postgresql";
import { Redis } from "ioredis";
import { GenericContainer } from "testcontainers";
import { buildApp } from "../../services/api/app.ts";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import { readConfig } from "../../services/shared/config/config.ts";
import { openDatabase } from "../../services/shared/db/database.ts";
import { migrate } from "../../services/shared/db/migrate.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";
import { runTool } from "../../services/tools/instance/user-error.ts";
import { API_CLIENT_FILE, generateApiClient } from "./api-client.ts";

await runTool(async () => {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const images = await ensureImages(["postgres", "valkey"]);
  const [postgres, valkey] = await Promise.all([
    new PostgreSqlContainer(images.postgres).start(),
    new GenericContainer(images.valkey).withExposedPorts(6379).start(),
  ]);
  const dataDir = await mkdtemp(join(tmpdir(), "worksample-api-client-"));
  const database = openDatabase(postgres.getConnectionUri());
  const redis = new Redis(valkey.getMappedPort(6379), valkey.getHost());
  try {
    await migrate(postgres.getConnectionUri());
    const config = readConfig({
      WORKSAMPLE_DATABASE_URL: postgres.getConnectionUri(),
      WORKSAMPLE_REDIS_URL: `redis://${valkey.getHost()}:${valkey.getMappedPort(6379)}`,
      WORKSAMPLE_SECRET: "only for describing the api, never used",
      WORKSAMPLE_DATA_DIR: dataDir,
      WORKSAMPLE_PUBLIC_URL: "http://localhost:4000",
      WORKSAMPLE_SANDBOX_DOMAIN: "localhost:4001",
    });
    const blobs = new LocalBlobStore(join(dataDir, "blobs"));
    const log = createLog("tools", "silent");
    const app = await buildApp(config, { database, redis, blobs, log });
    await writeFile(API_CLIENT_FILE, await generateApiClient(app.swagger()));
    await app.close();
  } finally {
    redis.disconnect();
    await database.close();
    await Promise.all([postgres.stop(), valkey.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
});
