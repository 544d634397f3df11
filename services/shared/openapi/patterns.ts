import { RE2JS } from "re2js";
import { LIMITS } from "./limits.ts";

/** A pattern of a document, matched in linear time: nothing of an uploaded document meets JavaScript's own engine. */
export interface LinearPattern {
  test(text: string): boolean;
  toString(): string;
}

/** @throws Error saying why RE2 cannot take the pattern (look-around, back-references, too large) */
export function compileLinear(pattern: string): LinearPattern {
  if (pattern.length > LIMITS.patternLength)
    throw new Error(`the pattern is longer than ${LIMITS.patternLength} characters`);
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  return {
    test: (text) => compiled.matcher(text).find(),
    // Ajv tells compiled patterns apart by this.
    toString: () => `/${pattern}/u`,
  };
}

/** Null when RE2 takes the pattern, else why not. */
export function patternFault(pattern: string): string | null {
  try {
    compileLinear(pattern);
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, "");
  }
}
