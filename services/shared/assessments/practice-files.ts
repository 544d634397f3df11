import { readFile } from "node:fs/promises";
import type { InlineFile } from "../contracts/assessment-draft.ts";

const NAMES = ["README.md", "hello.py"];

/** The platform's own practice workspace: a short tour of editor and terminal, the same for every assessment. */
export function readPracticeFiles(): Promise<InlineFile[]> {
  return Promise.all(
    NAMES.map(async (path) => ({
      path,
      text: await readFile(new URL(`practice/${path}`, import.meta.url), "utf8"),
    })),
  );
}
