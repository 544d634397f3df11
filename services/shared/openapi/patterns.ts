import { RE2JS } from "re2js";
import { LIMITS } from "./limits.ts";

/**
 * Null when RE2 takes the pattern, else why not (look-around, back-references, too large). The engine matches
 * patterns with RE2 alone (`safe-pattern.ts`): nothing of a document ever meets JavaScript's backtracking engine.
 */
export function patternFault(pattern: string): string | null {
  if (pattern.length > LIMITS.patternLength) return `it is longer than ${LIMITS.patternLength} characters`;
  try {
    RE2JS.compile(RE2JS.translateRegExp(pattern));
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, "");
  }
}
