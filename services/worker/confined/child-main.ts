import { readFileSync, writeSync } from "node:fs";
import type { ConfinedEntry, ConfinedMessage } from "./confined-entry.ts";
import { jsonChunks } from "./write-json.ts";

/** The main file of every confined child: input from stdin, entry from the command line, messages to descriptor 3. */

const MESSAGES = 3;
const [entryPath] = process.argv.slice(2);

function send(message: ConfinedMessage): void {
  for (const chunk of jsonChunks(message)) write(chunk);
  write("\n");
}

function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(MESSAGES, bytes, sent);
}

function isOutOfMemory(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: string; message?: string };
  return (
    code === "ERR_MEMORY_ALLOCATION_FAILED" ||
    /out of memory|allocation failed|bad_alloc|failed to allocate|could not allocate/i.test(message ?? "")
  );
}

try {
  const { default: entry } = (await import(entryPath!)) as { default: ConfinedEntry };
  const input = JSON.parse(readFileSync(0, "utf8")) as unknown;
  const value = await entry(input, {
    directory: process.cwd(),
    progress: (progress) => send({ kind: "progress", value: progress }),
  });
  send({ kind: "result", value: value ?? null });
  process.exit(0);
} catch (error) {
  const { name, code, message, details } = error as {
    name: string;
    code: string;
    message: string;
    details?: unknown;
  };
  if (name === "Refusal") send({ kind: "refusal", code, message, details });
  else if (isOutOfMemory(error)) send({ kind: "no_memory" });
  else console.error(error);
  process.exit(name === "Refusal" ? 0 : 1);
}
