import { PostgreSqlContainer } from "@testcontainers/postgresql";
import { Client } from "pg";
import { GenericContainer, Wait } from "testcontainers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checks, startWorkbench, type Workbench } from "../../sandbox-images/workbench/smoke-test.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";

const BUILD_TIMEOUT_MS = 15 * 60_000;

describe("the workbench image, hardened and without a network", () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const images = await ensureImages(["workbench"]);
    workbench = await startWorkbench(images.workbench);
  }, BUILD_TIMEOUT_MS);
  afterAll(() => workbench?.remove());

  for (const { name, check } of checks) test(name, () => check(workbench));
});

describe("the store images", () => {
  test("Postgres makes the database on first start, says twice that it is ready, and takes settings", async () => {
    const { postgres } = await ensureImages(["postgres"]);
    const container = await new PostgreSqlContainer(postgres)
      .withDatabase("exam")
      .withUsername("examiner")
      .withPassword("s3cret 'quoted'")
      .withCommand(["postgres", "-c", "max_connections=37"])
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
      .start();
    const client = new Client({
      host: container.getHost(),
      port: container.getPort(),
      user: "examiner",
      password: "s3cret 'quoted'",
      database: "exam",
    });
    try {
      await client.connect();
      const { rows } = await client.query(
        "SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('max_connections') AS connections",
      );
      expect(rows).toEqual([{ major: 17, connections: "37" }]);
    } finally {
      await client.end();
      await container.stop();
    }
  });

  test("Valkey keeps what it was told over a restart", async () => {
    const { valkey } = await ensureImages(["valkey"]);
    const container = await new GenericContainer(valkey)
      .withExposedPorts(6379)
      .withCommand(["valkey-server", "--appendonly", "yes"])
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
      .start();
    try {
      await container.exec(["valkey-cli", "set", "colour", "teal"]);
      await container.restart();
      expect((await container.exec(["valkey-cli", "get", "colour"])).output.trim()).toBe("teal");
    } finally {
      await container.stop();
    }
  });

  test("images that are present and current are found, and nothing is made", async () => {
    const names = ["postgres", "valkey", "workbench"] as const;
    const messages: string[] = [];
    const images = await ensureImages(names, { onProgress: (message) => messages.push(message) });
    expect(messages).toEqual([]);
    expect(images.workbench).toMatch(/^worksample\/workbench:[0-9a-f]{12}$/);
  });
});
