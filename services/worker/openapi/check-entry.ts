import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { checkUpload, type DraftParts, type UploadCheck } from "../../shared/openapi/check-upload.ts";
import type { ConfinedTask } from "../confined/confined-entry.ts";

export interface CheckInput {
  /** Name of the uploaded file in the directory. */
  file: string;
  draft: DraftParts;
}

export interface CheckOutput extends UploadCheck {
  peakMemoryBytes: number;
  /** Processor time of the child until its answer was ready. */
  cpuMs: number;
}

/** Runs confined: checks one uploaded file. */
export default async function checkEntry(input: CheckInput, task: ConfinedTask): Promise<CheckOutput> {
  const path = join(task.directory, input.file);
  const read = (first?: number) => (first === undefined ? readFileSync(path) : readStart(path, first));
  const checked = await checkUpload(read, input.draft);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return {
    ...checked,
    peakMemoryBytes: maxRSS * 1024,
    cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000),
  };
}

function readStart(path: string, bytes: number): Uint8Array {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(bytes);
    return start.subarray(0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}
