/** Levels that are taken apart; below them a value becomes one text. */
const LEVELS = 5;
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * The same text as `JSON.stringify(value)`, in pieces of about 64 KiB: the text of a large value never stands in
 * memory beside the value. @param value of plain objects, arrays and scalars
 */
export function* jsonChunks(value: unknown): Generator<string> {
  let chunk = "";
  for (const piece of pieces(value, 0)) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}

function* pieces(value: unknown, level: number): Generator<string> {
  if (typeof value !== "object" || value === null || level === LEVELS || "toJSON" in value)
    yield JSON.stringify(value) ?? "null";
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield index === 0 ? "[" : ",";
      yield* pieces(item, level + 1);
    }
    yield value.length === 0 ? "[]" : "]";
  } else {
    let before = "{";
    for (const [key, child] of Object.entries(value)) {
      if (child === undefined || typeof child === "function") continue;
      yield `${before}${JSON.stringify(key)}:`;
      yield* pieces(child, level + 1);
      before = ",";
    }
    yield before === "{" ? "{}" : "}";
  }
}
