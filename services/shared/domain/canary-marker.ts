import type { SeededRandom } from "./seeded-random.ts";

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
/** Letters and digits a marker has at least that are its own: more than 2^26 even if all are digits. */
const LEAST_OWN = 8;

/**
 * A value that looks like the others of its column and that nobody else's copy has: letters are replaced by letters
 * and digits by digits; what stands behind an `@` stays, so that an address stays at its company.
 * @param like a value of the column; a short one gets digits at its end
 */
export function canaryMarker(like: string, random: SeededRandom): string {
  const at = like.indexOf("@");
  const own = at > 0 ? like.slice(0, at) : like;
  const rest = at > 0 ? like.slice(at) : "";
  let changed = 0;
  const replaced = [...own.slice(0, 60)].map((character, index) => {
    const kind = kindOf(character);
    if (kind === null) return character;
    changed += 1;
    // A number that begins with another digit than 0 goes on doing so.
    return kind === DIGITS && index === 0 && character !== "0"
      ? random.pick(DIGITS.slice(1))
      : random.pick(kind);
  });
  while (changed < LEAST_OWN) {
    replaced.push(random.pick(changed === 0 && replaced.length === 0 ? DIGITS.slice(1) : DIGITS));
    changed += 1;
  }
  return replaced.join("") + rest;
}

function kindOf(character: string): string | null {
  if (DIGITS.includes(character)) return DIGITS;
  if (LOWER.includes(character)) return LOWER;
  if (UPPER.includes(character)) return UPPER;
  return null;
}
