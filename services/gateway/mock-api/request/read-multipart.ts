import type { IncomingMessage } from "node:http";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { CompiledField, CompiledMediaType } from "../../../shared/mock-api/compile/compiled-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { deeperThan } from "../../http/json-text.ts";
import { ApiProblem, type Violation } from "../api-problem.ts";
import { parseJson } from "./deserialise.ts";
import type { ReadBody } from "./read-body.ts";
import { requireStorableText } from "./read-json.ts";

const LIMITS = { fields: 200, files: 20, parts: 200, headerPairs: 50, fieldNameSize: 200 };
const MAX_DEPTH = 64;

interface Part {
  name: string;
  type: string;
  bytes: Buffer;
  isFile: boolean;
}

/** Files are held in memory: the body as a whole is bounded. @throws ApiProblem 400, 422 */
export async function readMultipart(request: IncomingMessage, media: CompiledMediaType): Promise<ReadBody> {
  const parts = await readParts(request);
  const violations: Violation[] = [];
  const values = new Map<string, unknown[]>();
  for (const part of parts) {
    const field = media.fields.get(part.name);
    const wrong = field && wrongType(field, part);
    if (wrong) violations.push({ in: "body", pointer: pointerTo("", part.name), message: wrong });
    const list = values.get(part.name) ?? [];
    list.push(readValue(part, field));
    values.set(part.name, list);
  }
  const body = Object.fromEntries(
    [...values].map(([name, list]) => [name, one(list, media.fields.get(name))]),
  );
  requireStorableText(body, "");
  return { body, violations };
}

function one(list: unknown[], field: CompiledField | undefined): unknown {
  if (field?.shape.kind === "array") return list.length === 1 && Array.isArray(list[0]) ? list[0] : list;
  return list.length === 1 ? list[0] : list;
}

function readParts(request: IncomingMessage): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const malformed = (why: string) => reject(ApiProblem.of("malformed_body", why));
    const parts: Part[] = [];
    let parser: InstanceType<typeof Busboy>;
    try {
      parser = new Busboy({ headers: request.headers as BusboyHeaders, limits: LIMITS });
    } catch {
      return malformed("The multipart body names no boundary.");
    }
    parser.on("field", (name, value, _nameCut, _valueCut, _encoding, type) => {
      parts.push({ name, type: plain(type), bytes: Buffer.from(value), isFile: false });
    });
    parser.on("file", (name, stream, _file, _encoding, type) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", () => malformed("A file of the multipart body ends too early."));
      stream.on("end", () =>
        parts.push({ name, type: plain(type), bytes: Buffer.concat(chunks), isFile: true }),
      );
    });
    for (const limit of ["partsLimit", "filesLimit", "fieldsLimit"] as const)
      parser.on(limit, () => malformed("The multipart body has too many parts."));
    parser.on("error", () => malformed("The multipart body is not well-formed."));
    parser.on("finish", () => resolve(parts));
    request.on("error", reject);
    request.on("aborted", () => malformed("The body ends too early."));
    request.pipe(parser);
  });
}

function plain(type: string): string {
  return type.split(";")[0]!.trim().toLowerCase();
}

function wrongType({ contentTypes }: CompiledField, { type, isFile }: Part): string | null {
  if (contentTypes.length === 0 || (!isFile && type === "text/plain")) return null;
  const fits = contentTypes.some(
    (wanted) => wanted === "*/*" || wanted === type || wanted === `${type.split("/")[0]}/*`,
  );
  return fits ? null : `must be ${contentTypes.join(" or ")}, not ${type}`;
}

/** JSON where the part or the schema says so; bytes that are not text become base64. */
function readValue({ bytes, type, isFile }: Part, field: CompiledField | undefined): unknown {
  const text = bytes.toString();
  const isText = !text.includes("\0") && !text.includes("\u{FFFD}");
  if (!isText) return bytes.toString("base64");
  const isJson = /[/+]json$/.test(type) || (!isFile && field !== undefined && field.shape.kind !== "scalar");
  if (isJson && !deeperThan(text, MAX_DEPTH)) {
    const parsed = parseJson(text);
    if (typeof parsed !== "string" || /^\s*"/.test(text)) return parsed;
  }
  return isFile || !field
    ? text
    : scalarOf(text, field.shape.kind === "array" ? field.shape.items : field.shape);
}

function scalarOf(text: string, shape: CompiledField["shape"] | null): unknown {
  if (!shape || shape.types.has("string")) return text;
  if ((shape.types.has("integer") || shape.types.has("number")) && /^-?\d{1,15}(\.\d{1,15})?$/.test(text))
    return Number(text);
  return shape.types.has("boolean") && /^(true|false)$/.test(text) ? text === "true" : text;
}
