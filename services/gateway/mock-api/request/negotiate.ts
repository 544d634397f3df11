import Negotiator from "negotiator";
import { ApiProblem } from "../api-problem.ts";

/**
 * The media type to answer with, of those that are documented; the first when the caller does not mind.
 *
 * @param types media types with their parameters, best first; none when the answer has no body
 * @throws ApiProblem 406
 */
export function negotiate(accept: string | undefined, types: readonly string[]): string | null {
  if (types.length === 0) return null;
  if (accept === undefined || accept === "*/*" || accept.trim() === "" || accept === types[0])
    return types[0]!;
  const plain = types.map((type) => type.split(";")[0]!.trim());
  const best = new Negotiator({ headers: { accept: accept.slice(0, 2000) } }).mediaTypes(plain)[0];
  if (best !== undefined) return types[plain.indexOf(best)]!;
  throw ApiProblem.of("not_acceptable", `Answers are ${plain.join(" or ")}.`);
}
