import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CHECK_LIMITS, checkConfined } from "./check-confined.ts";

const NOTHING = { bindings: null, weather: null };
const HEAD = '{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}';

/** Below every limit on what a document may hold, and too much all the same. */
const MANY_VALUES = `${HEAD},"x":[${"{},".repeat(1_400_000)}0]}`;
const SCHEMAS = Array.from(
  { length: 2500 },
  (_, number) => `"S${number}":{"pattern":"(a{30}){30}${number}"}`,
);
const MANY_PATTERNS = `${HEAD},"components":{"schemas":{${SCHEMAS.join(",")}}}}`;

/** The same check in a plain process. @returns what it took */
async function unconfined(text: string): Promise<{ memoryMib: number; cpuSec: number }> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-unconfined-"));
  await writeFile(join(directory, "document"), text);
  const entry = fileURLToPath(new URL("./check-entry.ts", import.meta.url));
  const code = `const { default: check } = await import(${JSON.stringify(entry)});
    const { peakMemoryBytes } = await check({ file: "document", draft: {} }, { directory: ${JSON.stringify(directory)} });
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ memoryMib: peakMemoryBytes / 2 ** 20, cpuSec: (user + system) / 1e6 }));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await new Promise((done) => child.once("close", done));
  await rm(directory, { recursive: true });
  return JSON.parse(output);
}

describe.skipIf(process.getuid?.() !== 0)(
  "checking in a confined child (needs root)",
  { timeout: 60_000 },
  () => {
    it("ends a document that fills memory, as one does without the child", async () => {
      const checked = await checkConfined(Buffer.from(MANY_VALUES), NOTHING);
      expect(checked).toMatchObject({ errors: 1, document: null, issues: [{ rule: "cost" }] });
      expect((await unconfined(MANY_VALUES)).memoryMib).toBeGreaterThan(CHECK_LIMITS.memoryMib);
    });

    it("ends a document that keeps a processor busy, as one does without the child", async () => {
      const checked = await checkConfined(Buffer.from(MANY_PATTERNS), NOTHING);
      expect(checked).toMatchObject({ errors: 1, document: null, issues: [{ rule: "cost" }] });
      expect((await unconfined(MANY_PATTERNS)).cpuSec).toBeGreaterThan(CHECK_LIMITS.cpuSec);
    });

    it("gives back what an honest document comes to", async () => {
      const checked = await checkConfined(
        Buffer.from(`${HEAD}}`),
        NOTHING,
      );
      expect(checked).toMatchObject({ errors: 0, openapi: "3.1.0", document: { openapi: "3.1.0" } });
    });
  },
);
