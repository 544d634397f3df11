import { placeAt, UnreadableDocumentError } from "./issue.ts";
import { JsonScanner, wantedTree } from "./json-scanner.ts";

/** @throws UnreadableDocumentError */
export function readJson(text: string): unknown {
  new JsonScanner(text).scan();
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const offset = /position (\d+)/.exec(message)?.[1];
    throw new UnreadableDocumentError(
      "syntax",
      `This is not JSON: ${message.replace(/ in JSON at .*/s, "")}.`,
      {
        place: offset === undefined ? null : placeAt(text, Number(offset)),
      },
    );
  }
}

/** Pointer -> offset of the value, or of its key; those that point nowhere are left out. */
export function locateInJson(text: string, pointers: Iterable<string>): Map<string, number> {
  const found = new Map<string, number>();
  new JsonScanner(text, found).scan(wantedTree(pointers));
  return found;
}
