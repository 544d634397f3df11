import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What the kernel gives to all processes of a user together; every sandbox of a machine runs as the same one. An
 * editor takes about a dozen instances and a watch for each file it looks after, so the usual 128 instances end at
 * about ten sandboxes. What is watched counts towards a sandbox's own memory.
 */
const LEAST = { max_user_instances: 8192, max_user_watches: 1_048_576 } as const;

/**
 * Raises the limits of inotify where they are lower, until the machine restarts. Needs root.
 * @returns a sentence for each that could not be raised; few sandboxes work all the same.
 */
export async function raiseKernelLimits(directory = "/proc/sys/fs/inotify"): Promise<string[]> {
  const warnings: string[] = [];
  for (const [name, least] of Object.entries(LEAST)) {
    const file = join(directory, name);
    try {
      if (Number(await readFile(file, "utf8")) < least) await writeFile(file, `${least}\n`);
    } catch (error) {
      warnings.push(
        `fs.inotify.${name} could not be raised to ${least} (${(error as NodeJS.ErrnoException).code}); ` +
          "with more than a few sandboxes, editors will not notice changes of files.",
      );
    }
  }
  return warnings;
}
