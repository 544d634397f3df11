import { describe, expect, it } from "vitest";
import { suggestPassword } from "./password-suggestion.ts";

describe("suggestPassword", () => {
  it("is long enough, and free of letters that look alike", () => {
    const password = suggestPassword();
    expect(password).toMatch(/^[a-km-np-z2-9]{5}(-[a-km-np-z2-9]{5}){3}$/);
    expect(password).not.toMatch(/[lo01]/);
    expect(suggestPassword()).not.toBe(password);
  });

  it("uses every letter equally often", () => {
    const seen = new Map<string, number>();
    for (let byte = 0; byte < 256; byte += 1) {
      const letter = suggestPassword((bytes) => bytes.fill(byte))[0]!;
      seen.set(letter, (seen.get(letter) ?? 0) + 1);
    }
    expect(new Set(seen.values())).toEqual(new Set([8]));
    expect(seen.size).toBe(32);
  });
});
