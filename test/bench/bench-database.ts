import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgreSqlContainer } from "@testcontainers/postgresql";
import { migrate } from "../../services/shared/db/migrate.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";
import {
  bySocket,
  makeSocketDirectory,
  SOCKETS_IN_CONTAINER,
} from "../../services/tools/instance/socket-directory.ts";

export interface BenchDatabase {
  url: string;
  stop(): Promise<unknown>;
}

/** A Postgres with the schema, as durable as it comes, reached by its socket as `npm start` has it. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const { postgres: image } = await ensureImages(["postgres"], { onProgress: () => {} });
  const home = await mkdtemp(join(tmpdir(), "worksample-bench-"));
  const sockets = join(home, "run", "postgres");
  await makeSocketDirectory(sockets);
  const container = await new PostgreSqlContainer(image)
    .withBindMounts([{ source: sockets, target: SOCKETS_IN_CONTAINER }])
    .start();
  const url = bySocket(container.getConnectionUri(), sockets);
  await migrate(url);
  return {
    url,
    async stop() {
      await container.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
