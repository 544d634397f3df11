import { RESERVED_HOSTNAMES } from "../../../../shared/contracts/assessment-draft.ts";

const LONGEST = 63;

/** A name for a new pin: the material's own, counted on where it is taken. @param ending for example `.internal`. */
export function freeName(slug: string, ending: string, taken: readonly string[]): string {
  const base =
    slug
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, LONGEST - 4) || "data";
  const isFree = (name: string) => !taken.includes(name) && !RESERVED_HOSTNAMES.includes(name);
  for (let number = 1; ; number += 1) {
    const name = `${base}${number === 1 ? "" : `-${number}`}${ending}`;
    if (isFree(name)) return name;
  }
}
