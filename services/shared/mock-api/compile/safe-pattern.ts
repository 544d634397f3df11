import { RE2JS } from "re2js";
import type { WorkBudget } from "./work-budget.ts";

const MAX_PATTERN_LENGTH = 2000;
/** What one step of the engine for one instruction costs, against a visited keyword. */
const CHARACTERS_PER_STEP = 10;

/** A regular expression of a document: matched in linear time, never by backtracking. */
export interface SafePattern {
  test(text: string): boolean;
  /** The validator's generator tells patterns apart by this. */
  toString(): string;
}

/** Null where the expression needs what cannot be matched in linear time, such as looking ahead. */
export function compilePattern(source: string, budget: WorkBudget): SafePattern | null {
  if (source.length > MAX_PATTERN_LENGTH) return null;
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(source));
    const size = Math.max(1, pattern.programSize());
    return {
      toString: () => source,
      test(text) {
        budget.spend(1 + (text.length * size) / CHARACTERS_PER_STEP);
        return pattern.test(text);
      },
    };
  } catch {
    return null;
  }
}
