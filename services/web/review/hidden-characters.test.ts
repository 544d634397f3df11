import { describe, expect, it } from "vitest";
import {
  hiddenCharacterDescription,
  hiddenCharacterLabel,
  hiddenCharacterPattern,
  splitAtHidden,
  splitLinesAtHidden,
} from "./hidden-characters.ts";
import { describeText, differOnlyInLineEndings } from "./text-facts.ts";

const found = (text: string) => (text.match(hiddenCharacterPattern()) ?? []).map(hiddenCharacterLabel);

describe("hiddenCharacterPattern", () => {
  it.each([
    ["a direction override", "access = 'user\u202e \u2066// admin\u2069'", ["RLO", "LRI", "PDI"]],
    ["zero-width characters", "is\u200bAdmin\u2060\ufeff", ["ZWSP", "WJ", "BOM"]],
    ["terminal escapes and NUL", "\u001b[2J\u0000\u009b", ["ESC", "NUL", "U+009B"]],
    ["tag characters that carry text", "hi\u{e0041}\u{e0042}", ["U+E0041", "U+E0042"]],
    ["variation selectors that carry bytes", "a\u{e0100}b\ufe0f", ["U+E0100", "U+FE0F"]],
    ["a joiner outside an emoji", "pass\u200dword", ["ZWJ"]],
    ["a letter that looks like nothing", "x\u3164 = 1", ["U+3164"]],
  ])("finds %s", (_, text, labels) => {
    expect(found(text)).toEqual(labels);
  });

  it.each([
    ["layout", "a\tb\r\nc"],
    ["emoji with joiners and selectors", "👩‍💻 ❤️ 👍🏽 👩🏽‍🚀 ☎️ 1️⃣ 🏳️‍🌈"],
    ["other scripts", "שלום العربية 日本語 Größe"],
  ])("leaves %s alone", (_, text) => {
    expect(found(text)).toEqual([]);
  });

  it("describes what it found", () => {
    expect(hiddenCharacterDescription("\u202e")).toBe("Hidden character U+202E, right-to-left override");
    expect(hiddenCharacterDescription("\u{e0041}")).toBe("Hidden character U+E0041");
  });

  it("cuts names where something hides", () => {
    expect(splitAtHidden("a\u202eb\nc")).toEqual([
      { text: "a", hidden: false },
      { text: "\u202e", hidden: true },
      { text: "b", hidden: false },
      { text: "\n", hidden: true },
      { text: "c", hidden: false },
    ]);
    expect(splitAtHidden("")).toEqual([]);
  });
});

describe("describeText", () => {
  it.each([
    ["", 0, "none"],
    ["a", 1, "none"],
    ["a\n", 1, "lf"],
    ["a\r\nb", 2, "crlf"],
    ["a\rb\r", 2, "cr"],
    ["a\nb\r\nc\r", 3, "mixed"],
  ] as const)("%j has %i lines with %s", (text, lines, lineEnding) => {
    expect(describeText(text)).toMatchObject({ lines, lineEnding });
  });

  it("measures the longest line and hidden characters of a megabyte in one pass", () => {
    const text = `${"x".repeat(1 << 20)}\u202e\n`;
    const startedAt = performance.now();
    expect(describeText(text)).toMatchObject({
      longestLine: (1 << 20) + 1,
      hiddenCharacters: 1,
      changesDirection: true,
    });
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it("tells a change of line endings from a change of text", () => {
    expect(differOnlyInLineEndings("a\r\nb\r", "a\nb\n")).toBe(true);
    expect(differOnlyInLineEndings("a\n", "a\n")).toBe(false);
    expect(differOnlyInLineEndings("a\r\nb", "a\nc")).toBe(false);
  });
});

describe("splitLinesAtHidden", () => {
  it("leaves line breaks and tabs as layout, and cuts where something is invisible", () =>
    expect(splitLinesAtHidden("a\tb\r\nc\u001b[31m\u202ed")).toEqual([
      { text: "a\tb\r\nc", hidden: false },
      { text: "\u001b", hidden: true },
      { text: "[31m", hidden: false },
      { text: "\u202e", hidden: true },
      { text: "d", hidden: false },
    ]));
});
