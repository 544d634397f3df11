import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type MirrorFixture, startMirrorFixture } from "./package-mirror-fixture.ts";
import { type LocalRegistry, startLocalRegistry } from "./package-registry.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export let database: TestDatabase;
export let registry: LocalRegistry;
export let mirror: MirrorFixture;

/** Gives each test of a file a registry and a mirror of it, which stand in `registry` and `mirror`. */
export function mirrorForThisFile(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());
  beforeEach(async () => {
    registry = await startLocalRegistry();
    mirror = await startMirrorFixture(database.db, registry);
  });
  afterEach(async () => {
    await mirror.close();
    await registry.close();
  });
}

/** The mirror again, with an empty cache and other settings. */
export async function restartWith(overrides: Parameters<typeof startMirrorFixture>[2]): Promise<void> {
  await mirror.close();
  mirror = await startMirrorFixture(database.db, registry, overrides);
}

const cached = (kind: string) => readdirSync(join(mirror.dataDir, "cache/packages", kind));
/** Files that are kept. */
export const keptFiles = (): string[] => cached("entries");
/** Files that are arriving, or were left behind. */
export const arrivingFiles = (): string[] => cached("incoming");
