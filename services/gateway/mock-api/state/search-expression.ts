const MAX_TERMS = 16;

/** The words somebody searched for cannot be understood; the message says why. */
export class SearchSyntaxError extends Error {}

/**
 * Turns words into an FTS5 expression: all words must occur, `"a phrase"` in that order, `begin*` any continuation.
 * Every term is quoted, so FTS5's own operators (`OR`, `NEAR`, `column:`) are never more than words.
 *
 * @throws SearchSyntaxError
 */
export function searchExpression(text: string): string {
  if ((text.split('"').length - 1) % 2 === 1) throw new SearchSyntaxError("a quotation mark is not closed");
  const terms = [...text.matchAll(/"([^"]*)"|([^\s"]+)/gu)].map((match) => term(match[1] ?? match[2]!));
  const known = terms.filter((part) => part !== null);
  if (known.length === 0) throw new SearchSyntaxError("there is no word to search for");
  if (known.length > MAX_TERMS) throw new SearchSyntaxError(`there are more than ${MAX_TERMS} words`);
  return known.join(" AND ");
}

/** A term without a letter or digit matches nothing in FTS5 and would empty the whole result. */
function term(text: string): string | null {
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const prefix = text.endsWith("*");
  return `"${text.replace(/\*+$/, "")}"${prefix ? "*" : ""}`;
}
