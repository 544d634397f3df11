import type { CompiledField, CompiledMediaType } from "../../../shared/mock-api/compile/compiled-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, type Violation } from "../api-problem.ts";
import { readNamed, StyleError } from "./deserialise.ts";
import { decodePercent, decodeText, RawPairs } from "./raw-pairs.ts";
import type { ReadBody } from "./read-body.ts";
import { requireStorableText, utf8 } from "./read-json.ts";

const MAX_FIELDS = 1000;

/** @throws ApiProblem 400, 422 */
export function readForm(bytes: Uint8Array, media: CompiledMediaType): ReadBody {
  const text = utf8(bytes).trim();
  if (text.split("&", MAX_FIELDS + 1).length > MAX_FIELDS)
    throw ApiProblem.of("malformed_body", `A form may have at most ${MAX_FIELDS} fields.`);
  const read = collectFields(RawPairs.ofQuery(text), media);
  requireStorableText(read.body, "");
  return read;
}

/** Fields the schema names are read in their style; the others are texts. */
export function collectFields(pairs: RawPairs, media: CompiledMediaType): ReadBody {
  const violations: Violation[] = [];
  const entries = new Map<string, unknown>();
  for (const [name, field] of media.fields) {
    try {
      const value = readNamed(name, field, pairs, { decode: decodePercent, asText: false });
      if (value !== undefined) entries.set(name, value);
    } catch (error) {
      if (!(error instanceof StyleError)) throw error;
      violations.push({ in: "body", pointer: pointerTo("", name), message: error.message });
    }
  }
  for (const name of pairs.names) {
    if (entries.has(name) || isPart(name, media.fields)) continue;
    const texts = pairs.getAll(name).map(decodeText);
    entries.set(name, texts.length === 1 ? texts[0] : texts);
  }
  return { body: Object.fromEntries(entries), violations };
}

/** Whether a name belongs to a field that is written as several. */
function isPart(name: string, fields: ReadonlyMap<string, CompiledField>): boolean {
  for (const [owner, { shape, style, explode }] of fields) {
    if (name.startsWith(`${owner}[`)) return style === "deepObject" || shape.kind === "array";
    if (
      shape.kind === "object" &&
      style === "form" &&
      explode &&
      shape.properties.has(name) &&
      !fields.has(name)
    )
      return true;
  }
  return fields.has(name);
}
