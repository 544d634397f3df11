/** `npm run db:types`: writes the database's types from a freshly migrated schema in a container of its own. */
import { join } from "node:path";
import { PostgreSqlContainer } from "@testcontainers/postgresql";
import { execa } from "execa";
import { migrate } from "../../services/shared/db/migrate.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";
import { PROJECT_DIRECTORY } from "../../services/tools/instance/instance.ts";
import { runTool } from "../../services/tools/instance/user-error.ts";

await runTool(async () => {
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= "true";
  const { postgres: image } = await ensureImages(["postgres"]);
  const postgres = await new PostgreSqlContainer(image).start();
  try {
    const url = postgres.getConnectionUri();
    await migrate(url);
    const options = ["--dialect", "postgres", "--url", url, "--out-file", "services/shared/db/schema.gen.ts"];
    const types = [
      "--exclude-pattern",
      "*schema_migration",
      "--numeric-parser",
      "number",
      "--type-mapping",
      '{"int8":"number"}',
    ];
    await execa(join(PROJECT_DIRECTORY, "node_modules/.bin/kysely-codegen"), [...options, ...types], {
      cwd: PROJECT_DIRECTORY,
      stdio: "inherit",
    });
  } finally {
    await postgres.stop();
  }
});
