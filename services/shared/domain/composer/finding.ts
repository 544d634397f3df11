import type { ComposerSection } from "../../contracts/composer.ts";

/** Something about a draft that keeps it from being published, or that somebody should look at. */
export interface Finding {
  section: ComposerSection;
  /** Path into the draft, for example `datasets.0.mountName`; empty for the section as a whole. */
  path: string;
  severity: "failed" | "warning";
  message: string;
  /** What to do. */
  remedy: string;
}

/** Collects findings of one section. */
export class Findings {
  readonly all: Finding[] = [];
  readonly #section: ComposerSection;

  constructor(section: ComposerSection) {
    this.#section = section;
  }

  fail(path: string, message: string, remedy: string): void {
    this.all.push({ section: this.#section, path, severity: "failed", message, remedy });
  }

  warn(path: string, message: string, remedy: string): void {
    this.all.push({ section: this.#section, path, severity: "warning", message, remedy });
  }

  /** A text that must be there and may have so many characters. */
  requireText(path: string, what: string, text: string, most: number): void {
    if (text.trim() === "") this.fail(path, `${what} is missing.`, `Write ${lowerFirst(what)}.`);
    else this.limitText(path, what, text, most);
  }

  limitText(path: string, what: string, text: string, most: number): void {
    if (text.length > most)
      this.fail(
        path,
        `${what} has ${text.length.toLocaleString("en")} characters; ${most.toLocaleString("en")} fit.`,
        "Shorten it.",
      );
  }

  /** A number that must be there, between two others (inclusive). */
  requireNumber(path: string, what: string, value: number | null, range: NumberRange): void {
    const { least, most, whole = true, unit } = range;
    const unfit =
      value === null
        ? (["is missing.", `Give a number of ${unit}.`] as const)
        : whole && !Number.isInteger(value)
          ? ([`must be a whole number of ${unit}.`, "Round it."] as const)
          : value < least || value > most
            ? ([
                `is ${value.toLocaleString("en")} ${unit}.`,
                `Choose between ${least.toLocaleString("en")} and ${most.toLocaleString("en")} ${unit}.`,
              ] as const)
            : null;
    if (unfit) this.fail(path, `${what} ${unfit[0]}`, unfit[1]);
  }
}

export interface NumberRange {
  least: number;
  most: number;
  unit: string;
  whole?: boolean;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
