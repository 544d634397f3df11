import { z } from "zod";
import type { LocalCopy } from "./draft-state.ts";

type KeyedText = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Anyone can edit what a browser stores, so it is parsed like any input. */
export function readLocalCopy<Content>(
  storage: KeyedText,
  key: string,
  schema: z.ZodType<Content>,
): LocalCopy<Content> | null {
  try {
    const stored = z.object({ revision: z.int(), acknowledged: schema, content: schema });
    const parsed = stored.safeParse(JSON.parse(storage.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Storage may be full or switched off; the autosave still runs, so this fails quietly. */
export function writeLocalCopy<Content>(
  storage: KeyedText,
  key: string,
  copy: LocalCopy<Content> | null,
): void {
  try {
    if (copy === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(copy));
  } catch {}
}
