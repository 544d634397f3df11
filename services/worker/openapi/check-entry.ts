import { readFileSync } from "node:fs";
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
}

/** Runs confined: checks one uploaded file. */
export default async function checkEntry(input: CheckInput, task: ConfinedTask): Promise<CheckOutput> {
  const checked = await checkUpload(() => readFileSync(join(task.directory, input.file)), input.draft);
  return { ...checked, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
}
