import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Instance } from "./instance.ts";

const Account = z.object({ url: z.string(), email: z.string(), password: z.string() });

/** What `npm start` prints, for programs: `.worksample/demo.json`. */
export const Demo = z.object({
  api: z.string(),
  /** The 2-hour assessment; the last one is its copy with a 3-minute limit. */
  candidateUrls: z.array(z.string()),
  reviewer: Account,
  reviewer2: Account,
  admin: Account,
  adminApiToken: z.string(),
});
export type Demo = z.infer<typeof Demo>;

export async function writeDemo(instance: Instance, demo: Demo): Promise<void> {
  const file = join(instance.home, "demo.json");
  await writeFile(`${file}.new`, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

export async function readDemo(instance: Instance): Promise<Demo | null> {
  const text = await readFile(join(instance.home, "demo.json"), "utf8").catch(() => null);
  return text === null ? null : Demo.parse(JSON.parse(text));
}
