/** A regular expression taken apart, as far as making texts that match it needs. */
export type PatternPart =
  | { kind: "ranges"; ranges: [number, number][] }
  | { kind: "choice"; options: PatternPart[][] }
  | { kind: "repeat"; part: PatternPart; least: number; most: number };

const DIGITS: [number, number][] = [[48, 57]];
const UPPER: [number, number][] = [[65, 90]];
const LOWER: [number, number][] = [[97, 122]];
const WORD: [number, number][] = [...DIGITS, ...UPPER, [95, 95], ...LOWER];
const SPACE: [number, number][] = [[32, 32]];
const VISIBLE: [number, number] = [32, 126];
const CONTROLS: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, "0": 0 };
const MAX_PARTS = 2000;

/** Reads what JavaScript's expressions have; anchors and looking around make no text. */
export class PatternReader {
  readonly #source: string;
  #at = 0;
  #parts = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** @throws Error for what cannot be read */
  read(): PatternPart {
    const part = this.#choice();
    if (this.#at < this.#source.length) throw new Error("a parenthesis closes nothing");
    return part;
  }

  #choice(): PatternPart {
    const options: PatternPart[][] = [[]];
    for (let next = this.#peek(); next !== "" && next !== ")"; next = this.#peek()) {
      if (next === "|") {
        this.#at++;
        options.push([]);
        continue;
      }
      const part = this.#term();
      if (part) options.at(-1)!.push(part);
    }
    return { kind: "choice", options };
  }

  #term(): PatternPart | null {
    if (++this.#parts > MAX_PARTS) throw new Error("the expression is too long");
    const part = this.#atom();
    return part && this.#quantified(part);
  }

  #atom(): PatternPart | null {
    const character = this.#take();
    if (character === "^" || character === "$") return null;
    if (character === "(") return this.#group();
    if (character === "[") return this.#characterClass();
    if (character === ".") return ranges([VISIBLE]);
    if (character === "\\") return this.#escape();
    const code = character.codePointAt(0)!;
    return ranges([[code, code]]);
  }

  #group(): PatternPart | null {
    const [opening = ""] = /^\?(?:<?[=!]|:|<[^>]*>|P<[^>]*>)?/.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += opening.length;
    const inside = this.#choice();
    if (this.#take() !== ")") throw new Error("a parenthesis is not closed");
    return /[=!]$/.test(opening) ? null : inside;
  }

  #quantified(part: PatternPart): PatternPart {
    const rest = this.#source.slice(this.#at);
    const [text, least, comma, most] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(rest) ?? [];
    if (text === undefined) return part;
    this.#at += text.length;
    if (this.#peek() === "?") this.#at++;
    if (text === "*") return { kind: "repeat", part, least: 0, most: Number.POSITIVE_INFINITY };
    if (text === "+") return { kind: "repeat", part, least: 1, most: Number.POSITIVE_INFINITY };
    if (text === "?") return { kind: "repeat", part, least: 0, most: 1 };
    const from = Number(least);
    const to = comma === "" ? from : most === "" ? Number.POSITIVE_INFINITY : Number(most);
    return { kind: "repeat", part, least: from, most: to };
  }

  #escape(): PatternPart | null {
    const character = this.#take();
    if (character === "b" || character === "B") return null;
    return ranges(this.#escaped(character));
  }

  #escaped(character: string): [number, number][] {
    switch (character) {
      case "d":
        return DIGITS;
      case "w":
        return WORD;
      case "s":
        return SPACE;
      case "D":
        return without(DIGITS);
      case "W":
        return without(WORD);
      case "S":
        return without(SPACE);
      case "p":
      case "P":
        return this.#property(character === "P");
      case "x":
      case "u":
        return this.#hexadecimal(character);
    }
    const code = CONTROLS[character] ?? character.codePointAt(0)!;
    return [[code, code]];
  }

  #property(negated: boolean): [number, number][] {
    const [text = "", name = ""] = /^\{([^}]*)\}/.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += text.length;
    const found = /^(Lu|Uppercase)/.test(name)
      ? UPPER
      : /^(Ll|Lowercase)/.test(name)
        ? LOWER
        : /^N/.test(name)
          ? DIGITS
          : [...UPPER, ...LOWER];
    return negated ? without(found) : found;
  }

  #hexadecimal(kind: string): [number, number][] {
    const pattern = kind === "x" ? /^[0-9a-fA-F]{2}/ : /^(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})/;
    const [text = ""] = pattern.exec(this.#source.slice(this.#at)) ?? [];
    this.#at += text.length;
    const code = Number.parseInt(text.replace(/[{}]/g, "") || "20", 16);
    return [[code, code]];
  }

  #characterClass(): PatternPart {
    const negated = this.#peek() === "^";
    if (negated) this.#at++;
    const found: [number, number][] = [];
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      if (this.#peek() === "") throw new Error("a class is not closed");
      if (first && this.#peek() === "]") break;
      const start = this.#classItem();
      if (this.#peek() !== "-" || this.#source[this.#at + 1] === "]" || start.length !== 1) {
        found.push(...start);
        continue;
      }
      this.#at++;
      const end = this.#classItem();
      found.push([start[0]![0], Math.max(start[0]![0], end[0]![1])]);
    }
    this.#at++;
    return ranges(negated ? without(found) : found);
  }

  #classItem(): [number, number][] {
    const character = this.#take();
    if (character === "\\") {
      const escaped = this.#take();
      return escaped === "b" ? [[8, 8]] : this.#escaped(escaped);
    }
    const code = character.codePointAt(0)!;
    return [[code, code]];
  }

  #peek(): string {
    return this.#source[this.#at] ?? "";
  }

  #take(): string {
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    if (this.#at >= this.#source.length) throw new Error("the expression ends too early");
    this.#at += character.length;
    return character;
  }
}

function ranges(found: [number, number][]): PatternPart {
  return { kind: "ranges", ranges: found };
}

/** What is visible and not among these. */
function without(excluded: [number, number][]): [number, number][] {
  const left: [number, number][] = [];
  for (let code = VISIBLE[0]; code <= VISIBLE[1]; code++)
    if (!excluded.some(([from, to]) => code >= from && code <= to)) left.push([code, code]);
  return left;
}
