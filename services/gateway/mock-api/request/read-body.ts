import type { IncomingMessage } from "node:http";
import type { CompiledBody, CompiledMediaType } from "../../../shared/mock-api/compile/compiled-api.ts";
import { readAll } from "../../http/read-all.ts";
import { ApiProblem, type Violation } from "../api-problem.ts";
import { readForm } from "./read-form.ts";
import { parseBody, requireStorableText, utf8 } from "./read-json.ts";
import { readMultipart } from "./read-multipart.ts";

export const MAX_BODY_BYTES = 256 * 1024;

export interface ReadBody {
  /** Undefined when there is none and none is needed. */
  body: unknown;
  violations: Violation[];
}

/**
 * The body as values, checked against the document.
 * @throws ApiProblem 400, 415, 422; the stream's own error when it breaks
 */
export async function readBody(request: IncomingMessage, body: CompiledBody | null): Promise<ReadBody> {
  if (!body) return { body: undefined, violations: [] };
  const announced = request.headers["content-length"] ?? request.headers["transfer-encoding"];
  if (announced === undefined || announced === "0") {
    if (!body.required) return { body: undefined, violations: [] };
    throw ApiProblem.of("malformed_body", "A body is required.");
  }
  const media = mediaTypeOf(request, body);
  const read = await readValue(request, media);
  const flaws = media.check?.(read.body) ?? [];
  const violations = [...read.violations, ...flaws.map((flaw): Violation => ({ in: "body", ...flaw }))];
  return { body: read.body, violations };
}

async function readValue(request: IncomingMessage, media: CompiledMediaType): Promise<ReadBody> {
  if (media.kind === "multipart") return readMultipart(request, media);
  const bytes = await readAll(request);
  if (media.kind === "json") return { body: parseBody(bytes), violations: [] };
  if (media.kind === "form") return readForm(bytes, media);
  if (media.kind === "binary") return { body: undefined, violations: [] };
  const text = utf8(bytes);
  requireStorableText(text, "");
  return { body: text, violations: [] };
}

/** @throws ApiProblem 415 */
function mediaTypeOf(request: IncomingMessage, body: CompiledBody): CompiledMediaType {
  const [type = "", ...parameters] = (request.headers["content-type"] ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  const { mediaTypes } = body;
  const media =
    mediaTypes.get(type) ??
    (type === "" ? undefined : (mediaTypes.get(`${type.split("/")[0]}/*`) ?? mediaTypes.get("*/*")));
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (media && (!charset || /^charset="?utf-?8"?$/.test(charset)) && encoding === "identity") return media;
  const accepted = [...mediaTypes.keys()].join(", ");
  throw ApiProblem.of("unsupported_media_type", `Send the body as ${accepted}, in UTF-8, not compressed.`, {
    headers: { accept: accepted },
  });
}
