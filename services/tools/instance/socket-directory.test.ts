import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSocketDirectory, socketDirectoryOf } from "./socket-directory.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "sockets-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("the directory of Postgres's socket", () => {
  it("is there only where a socket's path is short enough", () => {
    expect(socketDirectoryOf({ home: "/srv/worksample" })).toBe("/srv/worksample/run/postgres");
    expect(socketDirectoryOf({ home: `/${"x".repeat(79)}` })).not.toBeNull();
    expect(socketDirectoryOf({ home: `/${"x".repeat(80)}` })).toBeNull();
  });

  it("is open for the container, behind a door that nobody else gets through", async () => {
    const directory = socketDirectoryOf({ home })!;
    mkdirSync(join(home, "run"), { mode: 0o755 });
    await makeSocketDirectory(directory);
    expect([modeOf(join(home, "run")), modeOf(directory)]).toEqual([0o700, 0o777]);
  });

  it("is empty, whatever a Postgres that was killed left there", async () => {
    const directory = socketDirectoryOf({ home })!;
    await makeSocketDirectory(directory);
    writeFileSync(join(directory, ".s.PGSQL.5432.lock"), "7\n");
    await makeSocketDirectory(directory);
    expect(readdirSync(directory)).toEqual([]);
  });
});
