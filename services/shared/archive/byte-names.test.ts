import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCanonicalName, nameBytes, nameLatin1, nameOf, nameOfLatin1 } from "./byte-names.ts";

describe("names", () => {
  it("keep every byte, through text and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (array) => {
        const bytes = Buffer.from(array);
        const name = nameOf(bytes);
        expect(nameBytes(name)).toEqual(bytes);
        expect(nameOfLatin1(bytes.toString("latin1"))).toEqual(name);
        expect(nameLatin1(name)).toBe(bytes.toString("latin1"));
        expect(isCanonicalName(name)).toBe(true);
      }),
    );
  });

  it("show readable text, and base64 only when bytes are not UTF-8", () => {
    expect(nameOf(Buffer.from("café\n"))).toEqual({ path: "café\n" });
    expect(nameOf(Buffer.from("caf\xe9", "latin1"))).toEqual({ path: "caf\ufffd", pathBase64: "Y2Fm6Q==" });
  });
});
