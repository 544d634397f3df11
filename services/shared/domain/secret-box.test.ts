import { describe, expect, it } from "vitest";
import { SecretBox } from "./secret-box.ts";

const SECRET = "a-secret-of-at-least-thirty-two-characters";
const box = new SecretBox(SECRET);
const key = Buffer.from("sk-something-nobody-may-read");

describe("SecretBox", () => {
  it.each([
    ["a key", key],
    ["nothing", Buffer.alloc(0)],
    ["every byte", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ["a megabyte", Buffer.alloc(1 << 20, 7)],
  ])("opens %s as it was sealed", (_, bytes) => {
    expect(box.open("model-key", "row-1", box.seal("model-key", "row-1", bytes))).toEqual(bytes);
  });

  it("opens after a restart, and never shows what it holds", () => {
    const sealed = box.seal("model-key", "row-1", key);
    expect(new SecretBox(SECRET).open("model-key", "row-1", sealed)).toEqual(key);
    for (const encoding of ["latin1", "hex", "base64"] as const)
      expect(sealed.toString(encoding)).not.toContain(key.toString(encoding).slice(0, 12));
  });

  it("seals the same thing differently each time", () => {
    const [first, second] = [box.seal("model-key", "row-1", key), box.seal("model-key", "row-1", key)];
    expect(first.equals(second)).toBe(false);
  });

  it.each([
    ["another row", box, "model-key", "row-2"],
    ["another purpose", box, "model-call", "row-1"],
    ["another secret", new SecretBox(`${SECRET}!`), "model-key", "row-1"],
  ])("does not open for %s", (_, other, purpose, rowId) => {
    expect(other.open(purpose, rowId, box.seal("model-key", "row-1", key))).toBeNull();
  });

  it("does not open when any byte was changed or any is missing", () => {
    const sealed = box.seal("model-key", "row-1", key);
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(box.open("model-key", "row-1", changed), `byte ${at}`).toBeNull();
      expect(box.open("model-key", "row-1", sealed.subarray(0, at)), `length ${at}`).toBeNull();
    }
    expect(box.open("model-key", "row-1", Buffer.concat([sealed, Buffer.of(0)]))).toBeNull();
  });

  it("wants a secret that nobody guesses", () => {
    expect(() => new SecretBox("short")).toThrow("32 characters");
  });
});
