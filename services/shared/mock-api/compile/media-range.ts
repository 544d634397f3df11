import { type ApiDocument, pointerTo } from "./document.ts";

/**
 * Types that a media range under `content` is taken to mean, the likeliest first. Many generators of documents write the
 * range of everything where they mean JSON; as it stands a range can neither be sent as a type nor be checked.
 */
const MEANT: ReadonlyMap<string, readonly string[]> = new Map([
  ["*/*", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]],
  ["application/*", ["application/json", "application/x-www-form-urlencoded"]],
  ["multipart/*", ["multipart/form-data"]],
  ["text/*", ["text/plain"]],
]);

/**
 * None for a type that is no range, for a range that means nothing here, and for bytes, which no type describes.
 * @param content pointer of the `content` that holds it
 */
export function typesMeant(document: ApiDocument, content: string, name: string): readonly string[] {
  const meant = MEANT.get(name.split(";")[0]!.trim().toLowerCase()) ?? [];
  return meant.length > 0 && !isBytes(document, pointerTo(content, name, "schema")) ? meant : [];
}

function isBytes(document: ApiDocument, schema: string): boolean {
  if (document.at(schema) === undefined) return false;
  const { type, format } = document.locate(schema).value;
  return type === "string" && format === "binary";
}
