/** JSON with line breaks; anything else, and JSON that was cut, as it is. */
export function prettyBody(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    // Printed anew, a number may lose digits; what was sent counts more than how it looks.
    return typeof value === "object" && !LONG_NUMBER.test(text) ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}

const LONG_NUMBER = /[:[,]\s*-?\d{16,}|\d\.\d{15,}|\d[eE]/;
