import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const Line = z.tuple([z.string(), z.number()]);
const COMPACT_AFTER = 5000;

export function usedTicketsFile(dataDir: string): string {
  return join(dataDir, "run", "gateway-used-tickets.jsonl");
}

/** Makes tickets one-time. Kept in a file as well, so that a restart does not make a spent ticket good again. */
export class UsedTickets {
  readonly #file: string;
  readonly #used = new Map<string, number>();
  #written = 0;

  constructor(file: string, nowMs: number) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    for (const [jti, expiresAt] of readLines(file)) if (expiresAt > nowMs) this.#used.set(jti, expiresAt);
    this.#compact(nowMs);
  }

  /** Spends a ticket. False when it was spent before. @param expiresAt when the ticket ends by itself, in ms. */
  spend(jti: string, expiresAt: number, nowMs: number): boolean {
    if (this.#used.has(jti)) return false;
    this.#used.set(jti, expiresAt);
    appendFileSync(this.#file, `${JSON.stringify([jti, expiresAt])}\n`, { mode: 0o600 });
    if (++this.#written >= COMPACT_AFTER) this.#compact(nowMs);
    return true;
  }

  #compact(nowMs: number): void {
    for (const [jti, expiresAt] of this.#used) if (expiresAt <= nowMs) this.#used.delete(jti);
    const lines = [...this.#used].map((entry) => `${JSON.stringify(entry)}\n`);
    writeFileSync(this.#file, lines.join(""), { mode: 0o600 });
    this.#written = 0;
  }
}

/** A line that a crash cut short is passed over. */
function readLines(file: string): [string, number][] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return text.split("\n").flatMap((line) => {
    try {
      return [Line.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
