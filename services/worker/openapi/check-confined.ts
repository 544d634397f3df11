import { createWriteStream } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { MockApiIssue, MockApiOperationSummary } from "../../shared/contracts/mock-api-studio.ts";
import type { DraftParts } from "../../shared/openapi/check-upload.ts";
import { ConfinedError } from "../confined/confined-errors.ts";
import { type ConfinedLimits, runConfined } from "../confined/run-confined.ts";
import type { CheckInput } from "./check-entry.ts";

/**
 * What a document may cost, the start of the child (0.3 s, 95 MB) included. The wall clock is far longer, for a machine
 * that is busy with candidates. Documents as large as may be, and as dense as published ones are, take 1.3 to 1.8 s
 * and 190 to 235 MB.
 */
export const CHECK_LIMITS: ConfinedLimits = {
  timeoutMs: 60_000,
  cpuSec: 2,
  memoryMib: 256,
  youngMib: 12,
  fileMib: 64,
};

const ENTRY = fileURLToPath(new URL("./check-entry.ts", import.meta.url));

/** A child that a document took over can answer anything, so it is parsed. */
const Checked = z.object({
  openapi: z.string().nullable(),
  title: z.string().nullable(),
  version: z.string().nullable(),
  errors: z.int().min(0),
  warnings: z.int().min(0),
  issues: z.array(MockApiIssue),
  operations: z.array(MockApiOperationSummary),
  document: z.record(z.string(), z.unknown()).nullable(),
  peakMemoryBytes: z.int().min(0).nullable(),
  cpuMs: z.int().min(0).nullable(),
});
export type CheckedUpload = z.infer<typeof Checked>;

/**
 * Checks an uploaded file in a confined child. One that costs too much is answered like any other fault of a
 * document. @throws when this host cannot confine, or the child broke for a reason of ours
 */
export async function checkConfined(
  source: Readable | Uint8Array,
  draft: DraftParts,
  { signal, limits = CHECK_LIMITS }: { signal?: AbortSignal; limits?: ConfinedLimits } = {},
): Promise<CheckedUpload> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-openapi-"));
  try {
    const file = join(directory, "document");
    await pipeline(source instanceof Uint8Array ? [source] : source, createWriteStream(file));
    await chmod(file, 0o444);
    const input: CheckInput = {
      file: "document",
      draft: { bindings: draft.bindings, weather: draft.weather },
    };
    const options = signal === undefined ? {} : { signal };
    const output = await runConfined({ entry: ENTRY, input, directory, limits, ...options });
    return Checked.parse(output);
  } catch (error) {
    if (error instanceof ConfinedError && error.reason !== "cancelled") return tooCostly(error, limits);
    throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function tooCostly(error: ConfinedError, { cpuSec, memoryMib }: ConfinedLimits): CheckedUpload {
  if (error.reason === "crashed")
    return failedCheck("cost", "Reading this document broke off. If it is well-formed, please report it.");
  return failedCheck(
    "cost",
    `Reading this document takes more than ${cpuSec} s of processor time or ${memoryMib} MB of memory, which is all it may. Leave out operations that candidates do not need; if it is YAML, converting it to JSON halves what it takes.`,
  );
}

/** The result of a check that came to nothing. */
export function failedCheck(rule: string, message: string): CheckedUpload {
  return {
    openapi: null,
    title: null,
    version: null,
    errors: 1,
    warnings: 0,
    issues: [{ severity: "error", rule, message, pointer: "", line: null, column: null, file: null }],
    operations: [],
    document: null,
    peakMemoryBytes: null,
    cpuMs: null,
  };
}
