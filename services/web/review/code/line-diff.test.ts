import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffByLines } from "./line-diff.ts";

/** Rebuilds the second text from the first and the changes: a wrong change cannot survive it. */
function apply(a: string, b: string): string {
  let result = "";
  let at = 0;
  for (const change of diffByLines(a, b)) {
    result += a.slice(at, change.fromA) + b.slice(change.fromB, change.toB);
    at = change.toA;
  }
  return result + a.slice(at);
}

describe("diffByLines", () => {
  it("leads from one text to the other, whatever they are", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "ab", "\n", "\n\n", "x y"), { maxLength: 40 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(apply(a, b)).toBe(b);
      }),
    );
  });

  it("keeps lines that only moved down out of the changes", () => {
    const a = "import os\n\ndef one():\n    pass\n\ndef two():\n    pass\n";
    const b = `import os\n\ndef zero():\n    return 0\n\n${a.slice("import os\n\n".length)}`;
    const inserted = diffByLines(a, b)
      .map((change) => b.slice(change.fromB, change.toB))
      .join("");
    expect(inserted).toBe("def zero():\n    return 0\n\n");
    expect(diffByLines(a, b).every((change) => change.fromA === change.toA)).toBe(true);
  });

  it("marks single words in a line that changed a little", () => {
    const [change] = diffByLines("one two three four five six\n", "one two 3 four five six\n");
    expect(change).toMatchObject({ fromA: 8, toA: 13, fromB: 8, toB: 9 });
  });

  it("stays fast on a megabyte without line breaks and on very many lines", () => {
    const long = "const a=1;".repeat(1 << 17);
    const many = Array.from({ length: 70_000 }, (_, at) => `line ${at}`).join("\n");
    const startedAt = performance.now();
    diffByLines(long, `${long.slice(0, 500_000)}X${long.slice(500_000)}`);
    diffByLines(many, many.replaceAll("line 1", "lane 1"));
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });
});
