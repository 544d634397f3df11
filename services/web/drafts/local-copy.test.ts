import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readLocalCopy, writeLocalCopy } from "./local-copy.ts";

const Content = z.object({ title: z.string() });

describe("the local copy", () => {
  const storage = (initial: Record<string, string> = {}) => {
    const values = new Map(Object.entries(initial));
    return {
      values,
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
      removeItem: (key: string) => void values.delete(key),
    };
  };
  const copy = { revision: 1, acknowledged: { title: "" }, content: { title: "words" } };

  it("comes back as it went in, and goes when the server has it", () => {
    const store = storage();
    writeLocalCopy(store, "key", copy);
    expect(readLocalCopy(store, "key", Content)).toEqual(copy);
    writeLocalCopy(store, "key", null);
    expect(store.values.size).toBe(0);
  });
  it.each(["", "{", "[]", '{"revision":"x"}', '{"revision":1,"acknowledged":{},"content":{}}'])(
    "ignores %j",
    (stored) => {
      expect(readLocalCopy(storage({ key: stored }), "key", Content)).toBeNull();
    },
  );
  it("survives a storage that is full", () => {
    const full = {
      ...storage(),
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    expect(() => writeLocalCopy(full, "key", copy)).not.toThrow();
  });
});
