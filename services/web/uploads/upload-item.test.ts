import { describe, expect, it } from "vitest";
import { interruptedBy, newItem, recall, remember, uploadIdOf, withProgress } from "./upload-item.ts";

const file = { name: "tickets.csv", size: 5_000, lastModified: 1_700_000_000_000 };
const begun = { ...newItem("a", file), path: "/api/admin/uploads/7b0e" };

describe("an upload", () => {
  it("is refused before a byte is sent when it cannot be taken", () => {
    expect(newItem("a", { ...file, size: 0 }).failure?.code).toBe("empty_file");
    expect(newItem("a", { ...file, size: 2 ** 31 + 1 }).failure?.code).toBe("file_too_large");
    expect(newItem("a", { ...file, size: 2 ** 31 })).toMatchObject({ phase: "waiting", failure: null });
  });

  it("survives a reload: finished ones as they are, others until their file is chosen again", () => {
    const stored = { ...begun, phase: "stored" as const, sent: 5_000 };
    const half = withProgress({ ...begun, key: "b" }, 2_500, 1_000);
    const untold = newItem("c", file);
    const recalled = remember([stored, half, untold]).map(recall);
    expect(recalled.map(({ key, phase, sent }) => [key, phase, sent])).toEqual([
      ["a", "stored", 5_000],
      ["b", "interrupted", 0],
    ]);
  });

  it("goes on only with the very same file", () => {
    const interrupted = { ...begun, phase: "interrupted" as const };
    expect(interruptedBy([interrupted], file)).toBe(interrupted);
    expect(interruptedBy([interrupted], { ...file, size: 5_001 })).toBeUndefined();
    expect(interruptedBy([interrupted], { ...file, lastModified: 1 })).toBeUndefined();
    expect(interruptedBy([{ ...interrupted, phase: "stored" }], file)).toBeUndefined();
  });

  it("is known to the server by the last part of its path", () => {
    expect(uploadIdOf(begun)).toBe("7b0e");
    expect(uploadIdOf({ path: null })).toBeNull();
  });
});
