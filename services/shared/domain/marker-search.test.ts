import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MarkerSearch } from "./marker-search.ts";

const MARKERS = ["T-481516", "kwofr.bnxqa@example.com", "90817263", "Ü-ab12cd34"];

function search(pieces: string[]): string[] {
  const finder = new MarkerSearch(MARKERS);
  for (const piece of pieces) finder.add(piece);
  return [...finder.found].toSorted();
}

describe("MarkerSearch", () => {
  it("finds markers among other words, in any format", () => {
    expect(search(['id,mail\r\nT-481516,"kwofr.bnxqa@example.com"\r\n'])).toEqual([
      "T-481516",
      "kwofr.bnxqa@example.com",
    ]);
    expect(search(['{"n":90817263,"x":"Ü-ab12cd34"}'])).toEqual(["90817263", "Ü-ab12cd34"]);
  });

  it.each(["T-481517", "XT-4815162", "190817263", "kwofr.bnxqa", ""])("does not take %j for one", (text) =>
    expect(search([text])).toEqual([]),
  );

  it("finds them wherever the text is cut", () => {
    const text = `${"x ".repeat(40)}T-481516 and kwofr.bnxqa@example.com${" y".repeat(40)}`;
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const sorted = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = sorted.slice(1).map((cut, index) => text.slice(sorted[index], cut));
        expect(search(pieces)).toEqual(["T-481516", "kwofr.bnxqa@example.com"]);
      }),
    );
  });
});
