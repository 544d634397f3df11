import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { largeDocument, type Notation } from "../../../test/support/large-documents.ts";
import { LIMITS } from "../../shared/openapi/limits.ts";
import { CHECK_LIMITS, checkConfined } from "./check-confined.ts";

/** Processor time depends on the machine and on what else it does; what it comes to is told by the benchmark. */
const ANY_MACHINE = { ...CHECK_LIMITS, cpuSec: 10 * CHECK_LIMITS.cpuSec };
const NOTHING = { bindings: null, weather: null };
const MIB = 1024 * 1024;
const HEAD = '{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{}';

const repeat = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index));

/** Below every limit on what a document may hold, and too much all the same. */
const MANY_VALUES = `${HEAD},"x":[${"{},".repeat(1_400_000)}0]}`;
const SCHEMAS = repeat(2500, (number) => `"S${number}":{"pattern":"(a{30}){30}${number}"}`);
const MANY_PATTERNS = `${HEAD},"components":{"schemas":{${SCHEMAS.join(",")}}}}`;
/** The specification wants parameters to differ, and its schema compares each with each. */
const PARAMETERS = repeat(
  12_000,
  (number) => `{"name":"p${number}","in":"query","schema":{"type":"string"}}`,
);
const MANY_PARAMETERS = `{"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"/a":{"parameters":[${PARAMETERS}]}}}`;

/** The same check in a plain process. @returns what it took */
async function unconfined(text: string): Promise<{ memoryMib: number; cpuSec: number }> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-unconfined-"));
  await writeFile(join(directory, "document"), text);
  const entry = fileURLToPath(new URL("./check-entry.ts", import.meta.url));
  const code = `const { default: check } = await import(${JSON.stringify(entry)});
    const { peakMemoryBytes, cpuMs } = await check({ file: "document", draft: {} }, { directory: ${JSON.stringify(directory)} });
    console.log(JSON.stringify({ memoryMib: peakMemoryBytes / 2 ** 20, cpuSec: cpuMs / 1000 }));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 50_000,
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
    it("allows a document two seconds of processor time and 256 MB, its child's start included", () => {
      expect(CHECK_LIMITS).toMatchObject({ cpuSec: 2, memoryMib: 256 });
    });

    it("ends a document that fills memory, as one does without the child", async () => {
      const checked = await checkConfined(Buffer.from(MANY_VALUES), NOTHING);
      expect(checked).toMatchObject({ errors: 1, document: null, issues: [{ rule: "cost" }] });
      expect((await unconfined(MANY_VALUES)).memoryMib).toBeGreaterThan(CHECK_LIMITS.memoryMib);
    });

    it.each([
      ["expressions", MANY_PATTERNS],
      ["comparisons", MANY_PARAMETERS],
    ])(
      "ends a document that keeps a processor busy with %s, as one does without the child",
      async (_, text) => {
        const checked = await checkConfined(Buffer.from(text), NOTHING);
        expect(checked).toMatchObject({ errors: 1, document: null, issues: [{ rule: "cost" }] });
        expect((await unconfined(text)).cpuSec).toBeGreaterThan(CHECK_LIMITS.cpuSec);
      },
    );

    it("gives back what an honest document comes to", async () => {
      const checked = await checkConfined(Buffer.from(`${HEAD}}`), NOTHING);
      expect(checked).toMatchObject({ errors: 0, openapi: "3.1.0", document: { openapi: "3.1.0" } });
    });
  },
);

describe.skipIf(process.getuid?.() !== 0)(
  "an honest document as large as may be (needs root)",
  { timeout: 60_000 },
  () => {
    it.each<[Notation, number]>([
      ["json", LIMITS.bytes],
      ["indented-json", LIMITS.bytes],
      ["yaml", LIMITS.yamlBytes],
    ])("goes through within the limits in %s", async (notation, bytes) => {
      const text = Buffer.from(largeDocument(notation, bytes));
      expect(text.length).toBeGreaterThan(bytes - MIB / 8);
      const checked = await checkConfined(text, NOTHING, { limits: ANY_MACHINE });
      expect(checked.issues).toEqual([]);
      expect(checked.operations.length).toBeGreaterThan(2000);
      expect(checked.peakMemoryBytes).toBeLessThan(CHECK_LIMITS.memoryMib * MIB);
    });

    it("is refused beyond that, and told what to do", async () => {
      const yaml = await checkConfined(
        Buffer.from(`x: 1\n${"# more\n".repeat(LIMITS.yamlBytes / 7)}`),
        NOTHING,
      );
      expect(yaml.issues).toMatchObject([
        { rule: "too-large", message: expect.stringMatching(/16 MB.*to JSON/) },
      ]);
      const json = await checkConfined(Buffer.alloc(LIMITS.bytes + 1, " "), NOTHING);
      expect(json.issues).toMatchObject([{ rule: "too-large", message: expect.stringMatching(/20 MB/) }]);
    });
  },
);
