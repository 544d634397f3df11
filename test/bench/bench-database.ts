import { PostgreSqlContainer } from "@testcontainers/postgresql";
import { migrate } from "../../services/shared/db/migrate.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";

export interface BenchDatabase {
  url: string;
  stop(): Promise<unknown>;
}

/**
 * A Postgres with the schema, as durable as it comes. It is reached on the containers' own network, as services in
 * containers reach theirs: a published port is served by a program of Docker's, which would take part in every request.
 */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const { postgres: image } = await ensureImages(["postgres"], { onProgress: () => {} });
  const container = await new PostgreSqlContainer(image).start();
  const url = new URL(container.getConnectionUri());
  url.hostname = container.getIpAddress(container.getNetworkNames()[0]!);
  url.port = "5432";
  await migrate(url.href);
  return { url: url.href, stop: () => container.stop() };
}
