import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next.ts";

describe("safeNext", () => {
  it.each(["/review", "/review/7a5a?file=3#L4", "/admin"])("follows %s", (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example/review",
    "javascript:alert(1)",
    "review",
    "",
    undefined,
    7,
  ])("refuses %j, which leads elsewhere", (value) => {
    expect(safeNext(value)).toBeUndefined();
  });

  it("refuses what a browser would take to another site", () => {
    for (const value of ["//evil.example", "/\\evil.example", "/\t/evil.example"]) {
      expect(new URL(value, "https://worksample.example").host).toBe("evil.example");
    }
  });
});
