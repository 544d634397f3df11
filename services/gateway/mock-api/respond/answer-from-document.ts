import { kindOf } from "../../../shared/mock-api/compile/compile-body.ts";
import { responseFor } from "../../../shared/mock-api/compile/compile-responses.ts";
import type {
  CompiledApi,
  CompiledOperation,
  CompiledResponse,
  ResponseMedia,
} from "../../../shared/mock-api/compile/compiled-api.ts";
import { generateValue } from "../../../shared/mock-api/generate/generate-value.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Outcome } from "../operate/exchange.ts";
import { negotiate } from "../request/negotiate.ts";
import type { Preference } from "./prefer.ts";

/** What an answer is made up for. The same question always gets the same answer. */
export interface Question {
  api: CompiledApi;
  operation: CompiledOperation;
  accept: string | undefined;
  preference: Preference;
  /** Of what is the same for all candidates, and of the request. */
  seed: string;
}

/** The documented example, or else a value made up from the schema. @throws ApiProblem 404, 406 */
export function answerFromDocument(question: Question): Outcome {
  const { operation, preference, accept } = question;
  const status = preference.code ?? operation.successStatus;
  const response = responseFor(operation.responses, status);
  if (!response)
    throw ApiProblem.of("not_documented", `The operation documents no answer with status ${status}.`);
  const headers = headersFor(question, response);
  const usable = ordered(response.media.filter(isUsable));
  if (usable.length === 0 || status === 204 || status === 304) return { status, headers };
  const type = negotiate(
    accept,
    usable.map((media) => media.type),
  )!;
  const media = usable.find((one) => one.type === type)!;
  return { status, headers, type, body: valueFor(question, media) };
}

/** JSON before the rest, as long as the caller does not mind. */
function ordered(media: ResponseMedia[]): ResponseMedia[] {
  const isJson = ({ type }: ResponseMedia) => kindOfType(type) === "json";
  return [...media.filter(isJson), ...media.filter((one) => !isJson(one))];
}

const kindOfType = (type: string) => kindOf(type.split(";")[0]!.trim());

/** What cannot be written down as this type is left out. */
function isUsable({ type, examples }: ResponseMedia): boolean {
  const kind = kindOfType(type);
  return (
    kind === "json" || kind === "text" || [...examples.values()].some((value) => typeof value === "string")
  );
}

function valueFor({ api, preference, seed }: Question, media: ResponseMedia): unknown {
  if (preference.example !== null) {
    if (media.examples.has(preference.example)) return media.examples.get(preference.example);
    const names = [...media.examples.keys()].slice(0, 20).join(", ") || "none";
    throw ApiProblem.of("not_documented", `There is no example of that name; there are: ${names}.`);
  }
  if (!preference.dynamic && media.examples.size > 0) return media.examples.values().next().value;
  if (media.schema === null) return kindOfType(media.type) === "json" ? {} : "";
  return generateValue(api.document, media.schema, {
    seed,
    useExamples: !preference.dynamic,
    check: media.check,
  });
}

function headersFor({ api, seed }: Question, response: CompiledResponse): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, schema, example } of response.headers) {
    const value =
      example ??
      (schema === null
        ? undefined
        : generateValue(api.document, schema, { seed: `${seed} ${name}`, useExamples: true, check: null }));
    if (value === undefined || value === null) continue;
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    // A header holds one line of visible characters.
    headers[name] = text.replace(/[^\x20-\x7e]+/g, " ").slice(0, 1000);
  }
  return headers;
}
