/** Names and values of a query, a form or a cookie header; values still encoded, because styles come before decoding. */
export class RawPairs {
  readonly #values = new Map<string, string[]>();

  /** @param text known to decode */
  static ofQuery(text: string): RawPairs {
    const pairs = new RawPairs();
    if (text === "") return pairs;
    for (const part of text.split("&")) {
      if (part === "") continue;
      const equals = part.indexOf("=");
      const name = equals < 0 ? part : part.slice(0, equals);
      pairs.add(decodeText(name), equals < 0 ? "" : part.slice(equals + 1).replaceAll("+", "%20"));
    }
    return pairs;
  }

  static ofCookies(header: string): RawPairs {
    const pairs = new RawPairs();
    for (const part of header.split(";").slice(0, 200)) {
      const equals = part.indexOf("=");
      if (equals > 0) pairs.add(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
    }
    return pairs;
  }

  add(name: string, value: string): void {
    const known = this.#values.get(name);
    if (known) known.push(value);
    else this.#values.set(name, [value]);
  }

  getAll(name: string): string[] {
    return this.#values.get(name) ?? [];
  }

  get names(): Iterable<string> {
    return this.#values.keys();
  }
}

/** Percent-encoded text; what does not decode stays as it is. */
export function decodeText(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return decodePercent(spaced);
}

export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
