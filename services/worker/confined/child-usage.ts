import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const PAGE_BYTES = 4096;

const TICKS_PER_SEC = 100;

export interface ChildUsage {
  /** Resident memory, in bytes. */
  memory: number;
  /** Processor time so far, in seconds. */
  cpuSec: number;
}

/** Of a process and all it started and has not buried; zero when it is gone. */
export async function usageOf(pid: number): Promise<ChildUsage> {
  const [own, children] = await Promise.all([ownUsage(pid), childrenOf(pid)]);
  const below = await Promise.all(children.map(usageOf));
  return below.reduce(
    (sum, one) => ({ memory: sum.memory + one.memory, cpuSec: sum.cpuSec + one.cpuSec }),
    own,
  );
}

async function ownUsage(pid: number): Promise<ChildUsage> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The second field is a name in brackets, which may hold anything; the third comes after the last bracket.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3] ?? 0) || 0;
  const ticks = field(14) + field(15) + field(16) + field(17);
  return { memory: field(24) * PAGE_BYTES, cpuSec: ticks / TICKS_PER_SEC };
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "utf8").catch(() => "")),
  );
  return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}

/** What the files below a directory take on the disk, in bytes. Links are not followed. */
export async function diskBytes(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const stats = await stat(join(entry.parentPath, entry.name)).catch(() => null);
    bytes += (stats?.blocks ?? 0) * 512;
  }
  return bytes;
}
