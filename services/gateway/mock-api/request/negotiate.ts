import { ApiProblem } from "../api-problem.ts";

/** Answers are JSON; a client that takes none gets 406. @throws ApiProblem */
export function requireJsonAccepted(accept: string | undefined): void {
  if (accept === undefined || accept.trim() === "") return;
  let quality = 0;
  let specificity = -1;
  for (const range of accept.split(",")) {
    const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const rank = ["*/*", "application/*", "application/json"].indexOf(type);
    if (rank < 0 || rank < specificity) continue;
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const value = weight === undefined ? 1 : Number(weight.slice(2));
    quality = rank > specificity ? value : Math.max(quality, value);
    specificity = rank;
  }
  if (!(quality > 0)) throw ApiProblem.of("not_acceptable", "Answers are application/json.");
}
