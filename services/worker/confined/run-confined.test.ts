import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfinedError, ConfinedRefusal } from "./confined-errors.ts";
import { type ConfinedLimits, runConfined } from "./run-confined.ts";

/** Each attack is also run without the confinement: it must work there, or the test would prove nothing. */

const LIMITS: ConfinedLimits = { timeoutMs: 20_000, memoryMib: 200, cpuSec: 20, fileMib: 20 };
const MAIN = new URL("./child-main.ts", import.meta.url).pathname;

let outside: string;
let scratch: string;
beforeEach(async () => {
  outside = await mkdtemp(join(tmpdir(), "worksample-outside-"));
  scratch = await mkdtemp(join(tmpdir(), "worksample-scratch-"));
});
afterEach(async () => {
  await rm(outside, { recursive: true, force: true });
  await rm(scratch, { recursive: true, force: true });
});

/** An entry whose function has this body; `input` and `task` are there. */
async function entryOf(body: string): Promise<string> {
  const entry = join(scratch, "..", `${scratch.split("/").at(-1)}.ts`);
  await writeFile(
    entry,
    `import fs from "node:fs"; import net from "node:net"; import { spawn, spawnSync } from "node:child_process";
     import { Refusal } from "${new URL("./confined-entry.ts", import.meta.url).pathname}";
     export default async function (input, task) { ${body} }`,
  );
  return entry;
}

async function confined(body: string, input: unknown = {}, options: Partial<ConfinedLimits> = {}) {
  const entry = await entryOf(body);
  const progress: unknown[] = [];
  const limits = { ...LIMITS, ...options };
  try {
    const readable = [entry];
    const onProgress = (value: unknown) => progress.push(value);
    const result = await runConfined({ entry, input, directory: scratch, limits, readable, onProgress });
    return { result, progress };
  } finally {
    await rm(entry, { force: true });
  }
}

/** The same entry in a plain child process. */
async function unconfined(body: string, input: unknown = {}): Promise<unknown> {
  const entry = await entryOf(body);
  const child = spawn(process.execPath, [MAIN, entry], {
    cwd: scratch,
    stdio: ["pipe", "ignore", "inherit", "pipe"],
  });
  child.stdin!.end(JSON.stringify(input));
  let text = "";
  (child.stdio[3] as NodeJS.ReadableStream).on("data", (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  await rm(entry, { force: true });
  return (JSON.parse(text.trim().split("\n").at(-1)!) as { value: unknown }).value;
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfinedError);
  return (error as ConfinedError).reason;
}

describe.skipIf(process.getuid?.() !== 0)("a confined child (needs root)", { timeout: 30_000 }, () => {
  it("gives back what its entry returns, and its progress on the way", async () => {
    const { result, progress } = await confined(
      `task.progress({ rows: 1 }); return { twice: input.n * 2 };`,
      {
        n: 21,
      },
    );
    expect(result).toEqual({ twice: 42 });
    expect(progress).toEqual([{ rows: 1 }]);
  });

  it("passes a refusal on with its code", async () => {
    const refused = confined(`throw new Refusal("not_a_table", "This is a picture.", { at: 3 });`);
    await expect(refused).rejects.toThrow(ConfinedRefusal);
    await expect(refused).rejects.toMatchObject({ code: "not_a_table", details: { at: 3 } });
  });

  it("reaches no network", async () => {
    const server: Server = createServer((socket) => socket.end("secret"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const body = `return new Promise((done) => net.connect(input.port, "127.0.0.1")
      .on("data", (data) => done(String(data))).on("error", (error) => done(error.code)));`;
    expect(await unconfined(body, { port })).toBe("secret");
    expect((await confined(body, { port })).result).toMatch(/ECONNREFUSED|ENETUNREACH/);
    await new Promise((resolve) => server.close(resolve));
  });

  it("sees neither files of the platform nor the worker's environment", async () => {
    const file = join(outside, "secret");
    await writeFile(file, "the key", { mode: 0o644 });
    const read = `try { return fs.readFileSync(input.file, "utf8"); } catch (error) { return error.code; }`;
    expect(await unconfined(read, { file })).toBe("the key");
    expect((await confined(read, { file })).result).toBe("ENOENT");

    const environ = `/proc/${process.pid}/environ`;
    expect(await unconfined(read, { file: environ })).toBe(await readFile(environ, "utf8"));
    expect((await confined(read, { file: environ })).result).toMatch(/ENOENT|EACCES/);
    const names = await confined("return Object.keys(process.env);");
    expect((names.result as string[]).toSorted()).toEqual(["OLDPWD", "PATH", "PWD"]);
  });

  it("sees no other process and can end none", async () => {
    const victim = spawn("sleep", ["60"]);
    const exited = new Promise<NodeJS.Signals | null>((resolve) =>
      victim.once("exit", (_, by) => resolve(by)),
    );
    const kill = `try { process.kill(input.pid, "SIGTERM"); return "killed"; } catch (error) { return error.code; }`;
    const pids = `return fs.readdirSync("/proc").filter((name) => Number(name) > 0).length;`;
    expect((await confined(kill, { pid: victim.pid })).result).toBe("ESRCH");
    expect((await confined(pids)).result).toBe(1);
    expect(await unconfined(kill, { pid: victim.pid })).toBe("killed");
    expect(await exited).toBe("SIGTERM");
  });

  it("writes nowhere but in its directory", async () => {
    const write = `const results = {};
      for (const path of input.paths) {
        try { fs.writeFileSync(path, "x"); results[path] = "written"; } catch (error) { results[path] = "refused"; }
      } return results;`;
    const own = join(scratch, "own");
    const code = new URL("./written-by-a-test", import.meta.url).pathname;
    const paths = [join(outside, "x"), "/usr/x-of-a-test", "/x-of-a-test", "/tmp/x-of-a-test", code];
    const attempts = await confined(write, { paths: [...paths, own] });
    expect(attempts.result).toEqual({
      ...Object.fromEntries(paths.map((path) => [path, "refused"])),
      [own]: "written",
    });
    for (const path of paths) expect(existsSync(path)).toBe(false);
    expect(await unconfined(write, { paths: [join(outside, "x")] })).toEqual({
      [join(outside, "x")]: "written",
    });
  });

  it.each([
    ["one file", `fs.writeFileSync("big", Buffer.alloc(input.mib << 20, 1));`],
    [
      "many files",
      `for (let i = 0; i < input.mib; i++) fs.writeFileSync("f" + i, Buffer.alloc(1 << 20, 1));
      await new Promise((done) => setTimeout(done, 900));`,
    ],
  ])("fills no disk with %s", async (_, write) => {
    const body = `${write} return "written";`;
    expect(await unconfined(body, { mib: 40 })).toBe("written");
    await rm(scratch, { recursive: true });
    scratch = await mkdtemp(join(tmpdir(), "worksample-scratch-"));
    expect(await failureOf(confined(body, { mib: 40 }))).toBe("too_much_disk");
  });

  it.each([
    [
      "memory outside of the heap, piece by piece",
      `const kept = []; for (let i = 0; i < 30; i++) { kept.push(Buffer.alloc(20 << 20, 1));
        await new Promise((done) => setTimeout(done, 20)); } return kept.length;`,
      30,
    ],
    [
      "objects",
      `const kept = []; for (let i = 0; i < 4e6; i++) kept.push({ i, text: "row " + i }); return kept.length;`,
      4e6,
    ],
    ["more at once than anybody could watch", `return Buffer.alloc(1200 << 20).length;`, 1200 << 20],
  ])("takes no more than its share of %s", async (_, body, expected) => {
    expect(await unconfined(body)).toBe(expected);
    expect(await failureOf(confined(body))).toBe("too_much_memory");
  });

  it.each([
    ["waiting", `await new Promise((done) => setTimeout(done, 900)); return "late";`, { timeoutMs: 500 }],
    [
      "computing",
      `const end = Date.now() + 900; while (Date.now() < end); return "late";`,
      { timeoutMs: 500 },
    ],
    [
      "processor time",
      `while (process.cpuUsage().user < 1.8e6) for (let i = 0; i < 1e7; i++); return "late";`,
      { cpuSec: 1 },
    ],
  ])("is ended when %s takes too long", async (_, body, limits) => {
    expect(await unconfined(body)).toBe("late");
    expect(await failureOf(confined(body, {}, limits))).toBe("timed_out");
  });

  it("starts few processes, and leaves none behind", async () => {
    const name = `worksample-fork-${process.pid}`;
    const fork = `const children = []; for (let i = 0; i < 150; i++) {
        const child = spawn("/usr/bin/sleep", ["30"], { detached: true, stdio: "ignore", argv0: input.name });
        child.on("error", () => {}); children.push(child); }
      await new Promise((done) => setTimeout(done, 500));
      const started = children.filter((child) => child.pid && child.exitCode === null).length;
      if (input.tidy) for (const child of children) child.kill("SIGKILL");
      return started;`;
    expect(await unconfined(fork, { name, tidy: true })).toBe(150);
    const { result } = await confined(fork, { name });
    expect(result).toBeLessThan(64);
    expect(await countProcesses(name)).toBe(0);
  });

  it("ends with everything it started when it is cancelled", async () => {
    const name = `worksample-cancel-${process.pid}`;
    const entry = await entryOf(
      `spawn("/usr/bin/sleep", ["30"], { detached: true, stdio: "ignore", argv0: input.name });
       task.progress("started"); await new Promise((done) => setTimeout(done, 30000));`,
    );
    const stop = new AbortController();
    const run = runConfined({
      entry,
      input: { name },
      directory: scratch,
      limits: LIMITS,
      readable: [entry],
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(await failureOf(run)).toBe("cancelled");
    await rm(entry, { force: true });
    expect(await countProcesses(name)).toBe(0);
  });

  it("does not hold on to what is mounted outside", async () => {
    const mounts = await confined(`return fs.readFileSync("/proc/self/mountinfo", "utf8");`);
    const places = (mounts.result as string)
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[4]!);
    expect(places.filter((place) => place.startsWith("/.before"))).toEqual([]);
    const own = (await readFile("/proc/self/mountinfo", "utf8")).trim().split("\n").length;
    expect(own).toBeGreaterThan(5);
    expect(places.filter((place) => /^\/(sys|run|var|home|root)/.test(place))).toEqual([]);
  });

  it("says it crashed when it does, and cannot forge a result by its exit", async () => {
    expect(await failureOf(confined(`process.exit(0);`))).toBe("crashed");
    expect(await failureOf(confined(`process.abort();`))).toBe("crashed");
    expect(await failureOf(confined(`throw new Error("a bug");`))).toBe("crashed");
  });
});

/** By the name they were started under. */
async function countProcesses(name: string): Promise<number> {
  const pids = (await readdir("/proc")).filter((entry) => Number(entry) > 0);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.startsWith(name)).length;
}
