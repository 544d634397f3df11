import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type ChildUsage, diskBytes, usageOf } from "./child-usage.ts";
import { codeCache } from "./code-cache.ts";
import type { ConfinedMessage } from "./confined-entry.ts";
import { ConfinedError, ConfinedRefusal, ConfinementUnavailableError } from "./confined-errors.ts";

export interface ConfinedLimits {
  /** Wall clock. */
  timeoutMs: number;
  /** Resident memory of the child and all it starts. */
  memoryMib: number;
  /** Processor time. */
  cpuSec: number;
  /** Of each file, and of all files in its directory together. */
  fileMib: number;
  /** Of V8's young generation. V8 would take 48 MiB at once; entries that make many values are slower with less. */
  youngMib?: number;
}

export interface ConfinedRun {
  /** Absolute path of a TypeScript file whose default export is a `ConfinedEntry`. */
  entry: string;
  /** JSON. */
  input: unknown;
  /** The child's scratch directory, existing and absolute: all it can write. Belongs to its user afterwards. */
  directory: string;
  limits: ConfinedLimits;
  /** Further files and directories it may read; absolute, and readable for everybody. */
  readable?: readonly string[];
  onProgress?: (value: unknown) => void;
  /** What the child takes, at each look at it. */
  onUsage?: (usage: ChildUsage) => void;
  signal?: AbortSignal;
}

const HERE = dirname(fileURLToPath(import.meta.url));
const PROJECT = resolve(HERE, "../../..");
const PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
const PROGRAMS = ["unshare", "mount", "umount", "pivot_root", "prlimit", "setpriv"];
const MIB = 1024 * 1024;
/** What V8 maps writable before the first line of a program runs; hardly any of it is ever touched. */
const RUNTIME_MAPPED_MIB = 700;
const HIGHEST_TASKS = 64;
const WATCH_MS = 50;
const WATCH_DISK_MS = 500;
const MAX_RESULT_BYTES = 64 * MIB;
const KEPT_STDERR = 8192;
/** Each running child has a user id of its own, so that its processes are counted apart. */
const FIRST_USER = 64_200;
const USERS = 256;
const USER_IDS = Array.from({ length: USERS }, (_, number) => FIRST_USER + number);
let runs = 0;

/**
 * Runs code over hostile input in a child process that can hurt nobody: no network, a user of its own without
 * privileges, an empty environment, and a root directory that holds the system's programs, this project's code
 * (all read-only) and its scratch directory. Neither the data directory nor any other process is there.
 *
 * Memory is bounded twice. The resident memory is looked at every 50 ms, which is what `memoryMib` means; the
 * kernel refuses what would map more than that plus V8's own reservations (RLIMIT_DATA), however fast it comes.
 *
 * @returns the entry's result: JSON, to be parsed, since input that takes a child over can answer anything
 * @throws ConfinedRefusal when the entry refuses the input
 * @throws ConfinedError when it took too long, too much memory or disk, crashed, or `signal` was aborted
 * @throws ConfinementUnavailableError where this process is not root on Linux; nothing is run unconfined instead
 */
export async function runConfined(run: ConfinedRun): Promise<unknown> {
  requireConfinement();
  run.signal?.throwIfAborted();
  const user = FIRST_USER + (runs++ % USERS);
  const root = await mkdtemp(join(tmpdir(), "worksample-confined-"));
  try {
    await chown(run.directory, user, user);
    const child = await startChild(run, root, user);
    return await resultOf(child, run);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function requireConfinement(): void {
  if (process.platform !== "linux") throw new ConfinementUnavailableError("this is not Linux");
  if (process.getuid?.() !== 0) throw new ConfinementUnavailableError("this process is not root");
  for (const program of PROGRAMS)
    if (!PATH.split(":").some((directory) => isExecutable(join(directory, program))))
      throw new ConfinementUnavailableError(`the program ${program} (util-linux, mount) is missing`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function startChild(run: ConfinedRun, root: string, user: number): Promise<ChildProcess> {
  const { limits } = run;
  const code = ["services", "node_modules", "package.json"].map((name) => join(PROJECT, name));
  const shown = [...code.filter(existsSync), ...(run.readable ?? [])];
  if (!process.execPath.startsWith("/usr/") && !process.execPath.startsWith(`${PROJECT}/node_modules/`))
    shown.push(process.execPath);
  const flags = runtimeFlags(limits);
  const cache = await codeCache(run.entry, { project: PROJECT, flags, users: USER_IDS });
  if (cache !== null) shown.push(cache);
  const command = [process.execPath, ...flags, join(HERE, "child-main.ts"), run.entry];
  const namespaces = ["--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child=KILL"];
  const child = spawn(
    "setpriv",
    [
      ...["--pdeathsig", "KILL", "--", "unshare", ...namespaces, "--propagation", "slave", "--"],
      ...["/bin/sh", join(HERE, "enter.sh"), root, String(user), run.directory, ...shown, "--"],
      ...(await limitArguments(limits)),
      "--",
      ...command,
    ],
    {
      env: cache === null ? { PATH } : { PATH, NODE_COMPILE_CACHE: cache },
      cwd: "/",
      stdio: ["pipe", "ignore", "pipe", "pipe"],
    },
  );
  // A child that ends without reading its input is told about by its exit.
  child.stdin!.on("error", () => {});
  child.stdin!.end(JSON.stringify(run.input));
  return child;
}

function runtimeFlags({ memoryMib, youngMib }: ConfinedLimits): string[] {
  const flags = [
    `--max-old-space-size=${Math.max(64, Math.floor(memoryMib * 0.75))}`,
    "--disable-warning=ExperimentalWarning",
  ];
  // The young generation is two semi-spaces, and as much again while it is collected.
  if (youngMib !== undefined) flags.push(`--max-semi-space-size=${Math.max(1, Math.floor(youngMib / 3))}`);
  return flags;
}

/** Without CAP_SYS_RESOURCE a limit can only be lowered, so none is set above the worker's own. */
async function limitArguments(limits: ConfinedLimits): Promise<string[]> {
  const wanted: [name: string, row: string, value: number][] = [
    ["data", "Max data size", (limits.memoryMib + RUNTIME_MAPPED_MIB) * MIB],
    // The watch comes first and can tell why; this holds should the watch be held up.
    ["cpu", "Max cpu time", limits.cpuSec + 2],
    ["fsize", "Max file size", limits.fileMib * MIB],
    ["nproc", "Max processes", HIGHEST_TASKS],
    ["nofile", "Max open files", 512],
    ["core", "Max core file size", 0],
  ];
  const own = await readFile("/proc/self/limits", "utf8");
  return wanted.map(([name, row, value]) => {
    const hard = new RegExp(`^${row} +\\S+ +(\\d+)`, "m").exec(own)?.[1];
    return `--${name}=${hard === undefined ? value : Math.min(value, Number(hard))}`;
  });
}

async function resultOf(child: ChildProcess, run: ConfinedRun): Promise<unknown> {
  let ended: ConfinedError | undefined;
  let last: ConfinedMessage | undefined;
  let stderr = "";
  const end = (reason: ConfinedError["reason"], message: string) => {
    ended ??= new ConfinedError(reason, message);
    child.kill("SIGKILL");
  };
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR);
  });
  readMessages(child, {
    onMessage(message) {
      if (message.kind === "progress") run.onProgress?.(message.value);
      else last = message;
    },
    onTooLong: () => end("crashed", "The answer is too long."),
  });
  const cancel = () => end("cancelled", "It was cancelled.");
  run.signal?.addEventListener("abort", cancel, { once: true });
  const stopWatching = watch(child.pid, run, end);
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, fail) => {
      child.once("error", fail);
      child.once("close", (...exit) => done(exit));
    });
    if (ended) throw new ConfinedError(ended.reason, ended.message, stderr);
    if (last?.kind === "result" && code === 0) return last.value;
    if (last?.kind === "refusal") throw new ConfinedRefusal(last.code, last.message, last.details);
    throw failureOf(code, signal, last, stderr);
  } finally {
    stopWatching();
    run.signal?.removeEventListener("abort", cancel);
  }
}

function failureOf(
  code: number | null,
  signal: NodeJS.Signals | null,
  last: ConfinedMessage | undefined,
  stderr: string,
): ConfinedError {
  const outOfMemory = /out of memory|allocation failed|bad_alloc|Cannot allocate memory/i;
  if (last?.kind === "no_memory" || outOfMemory.test(stderr))
    return new ConfinedError("too_much_memory", "It took too much memory.", stderr);
  if (signal === "SIGXFSZ" || /EFBIG|File too large|No space left/i.test(stderr))
    return new ConfinedError("too_much_disk", "It wrote too much.", stderr);
  return new ConfinedError("crashed", `It ended with ${signal ?? `code ${code}`}.`, stderr);
}

function readMessages(
  child: ChildProcess,
  on: { onMessage(message: ConfinedMessage): void; onTooLong(): void },
): void {
  let pending: Buffer[] = [];
  let bytes = 0;
  (child.stdio[3] as NodeJS.ReadableStream).on("data", (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]).toString("utf8");
      pending = [];
      bytes = 0;
      start = end + 1;
      const message = parseMessage(line);
      if (message) on.onMessage(message);
    }
    pending.push(chunk.subarray(start));
    bytes += chunk.length - start;
    if (bytes > MAX_RESULT_BYTES) {
      pending = [];
      bytes = 0;
      on.onTooLong();
    }
  });
}

function parseMessage(line: string): ConfinedMessage | undefined {
  try {
    return JSON.parse(line) as ConfinedMessage;
  } catch {
    return undefined;
  }
}

/** @returns what stops it */
function watch(
  pid: number | undefined,
  { limits, directory, onUsage }: ConfinedRun,
  end: (reason: ConfinedError["reason"], message: string) => void,
): () => void {
  if (pid === undefined) return () => {};
  const timeout = setTimeout(
    () => end("timed_out", `It took longer than ${Math.ceil(limits.timeoutMs / 1000)} s.`),
    limits.timeoutMs,
  );
  const stopUsage = repeat(WATCH_MS, async () => {
    const usage = await usageOf(pid);
    onUsage?.(usage);
    if (usage.memory > limits.memoryMib * MIB)
      end("too_much_memory", `It took more than ${limits.memoryMib} MiB of memory.`);
    if (usage.cpuSec > limits.cpuSec)
      end("timed_out", `It took more than ${limits.cpuSec} s of processor time.`);
  });
  const stopDisk = repeat(WATCH_DISK_MS, async () => {
    if ((await diskBytes(directory)) > limits.fileMib * MIB)
      end("too_much_disk", `It wrote more than ${limits.fileMib} MiB.`);
  });
  return () => {
    clearTimeout(timeout);
    stopUsage();
    stopDisk();
  };
}

/** Again and again with a pause between two, so that a slow look is never overtaken. @returns what stops it */
function repeat(pauseMs: number, look: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const plan = () => {
    timer = setTimeout(async () => {
      await look().catch(() => {});
      if (!stopped) plan();
    }, pauseMs);
  };
  plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
