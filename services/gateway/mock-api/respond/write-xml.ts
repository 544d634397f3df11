const ENTITIES: Record<string, string> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};

/**
 * A value as plain XML: properties are elements, items of a list repeat theirs. What `xml` says in schemas is not
 * followed.
 */
export function writeXml(value: unknown, root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value)}`;
}

function element(name: string, value: unknown): string {
  const tag = /^[A-Za-z_][\w.-]*$/.test(name) ? name : "item";
  if (Array.isArray(value)) return `<${tag}>${value.map((item) => element("item", item)).join("")}</${tag}>`;
  if (typeof value === "object" && value !== null) {
    const parts = Object.entries(value).flatMap(([key, part]) =>
      Array.isArray(part) ? part.map((item) => element(key, item)) : [element(key, part)],
    );
    return `<${tag}>${parts.join("")}</${tag}>`;
  }
  return `<${tag}>${escapeText(value === null ? "" : String(value))}</${tag}>`;
}

function escapeText(text: string): string {
  return text
    .replace(/[<>&"']/g, (character) => ENTITIES[character]!)
    .replace(/[^\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
}
