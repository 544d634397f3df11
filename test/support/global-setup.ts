import { PostgreSqlContainer } from "@testcontainers/postgresql";
import { GenericContainer, Wait } from "testcontainers";
import type { TestProject } from "vitest/node";
import { migrate } from "../../services/shared/db/migrate.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Server address with the migrated template database `template_worksample`. */
    postgresUrl: string;
    redisUrl: string;
  }
}

/** One Postgres and one Valkey for all test files; each test clones its own database from the migrated template. */
export default async function setup(project: TestProject) {
  // The reaper's image needs a registry; every container below is stopped here instead.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const images = await ensureImages(["postgres", "valkey"], { onProgress: () => {} });
  const [postgres, valkey] = await Promise.all([
    new PostgreSqlContainer(images.postgres)
      .withDatabase("template_worksample")
      .withCommand(["postgres", "-c", "fsync=off", "-c", "max_connections=300"])
      // Without a shell: when Docker kills a slow check, a child of that shell would become the server's, whose
      // death the server takes for a crash of its own and restarts for.
      .withHealthCheck({
        test: ["CMD", "pg_isready", "--host=127.0.0.1", "--dbname=template_worksample"],
        interval: 500,
        timeout: 5000,
        retries: 200,
      })
      .start(),
    new GenericContainer(images.valkey)
      .withExposedPorts(6379)
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
      .start(),
  ]);
  await migrate(postgres.getConnectionUri());
  project.provide("postgresUrl", postgres.getConnectionUri());
  project.provide("redisUrl", `redis://${valkey.getHost()}:${valkey.getMappedPort(6379)}`);
  return async () => {
    await Promise.all([postgres.stop(), valkey.stop()]);
  };
}
