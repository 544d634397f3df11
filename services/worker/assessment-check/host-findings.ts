import { statfs } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import type { Config } from "../../shared/config/config.ts";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import { type Finding, Findings } from "../../shared/domain/composer/finding.ts";

const MIB = 1024 * 1024;
/** The platform and the system need some, too. */
const USABLE_MEMORY = 0.9;

/** Whether a workspace of these limits, and as many as this host takes at once, fit on it. */
export async function hostFindings(
  { dataDir, maxSandboxes }: Pick<Config, "dataDir" | "maxSandboxes">,
  { limits }: AssessmentDraft,
): Promise<Finding[]> {
  const findings = new Findings("limits");
  const memory = Math.floor((totalmem() * USABLE_MEMORY) / MIB);
  const processors = availableParallelism();
  const disk = await statfs(dataDir);
  const free = Math.floor((disk.bavail * disk.bsize) / MIB);
  const { memoryMib, cpus, diskMib } = limits;
  if (memoryMib !== null && memoryMib > memory)
    findings.fail(
      "limits.memoryMib",
      `A workspace gets ${memoryMib} MiB of memory, and this host has ${memory} MiB for all.`,
      "Give it less.",
    );
  else if (memoryMib !== null && memoryMib * maxSandboxes > memory)
    findings.warn(
      "limits.memoryMib",
      `This host takes ${maxSandboxes} workspaces at once, and its memory is enough for ${Math.floor(memory / memoryMib)} of these that use all of theirs.`,
      "Give each less, or let the host take fewer (WORKSAMPLE_MAX_SANDBOXES).",
    );
  if (cpus !== null && cpus > processors)
    findings.fail(
      "limits.cpus",
      `A workspace gets ${cpus} processors, and this host has ${processors}.`,
      `Choose at most ${processors}.`,
    );
  if (diskMib !== null && diskMib > free)
    findings.fail(
      "limits.diskMib",
      `A workspace may hold ${diskMib} MiB, and this host has ${free} MiB left.`,
      "Choose a smaller workspace, or make room on the host.",
    );
  return findings.all;
}
