import type {
  BodyKind,
  CompiledBody,
  CompiledField,
  CompiledMediaType,
  ParameterStyle,
} from "./compiled-api.ts";
import { type ApiDocument, isObject, objectAt, pointerTo } from "./document.ts";
import { typesMeant } from "./media-range.ts";
import { shapeAt, type ValueShape } from "./parameter-shape.ts";
import type { SchemaValidator } from "./schema-validator.ts";

const FIELD_STYLES: readonly unknown[] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/** @param pointer of a request body, or a reference to one. @throws Error */
export function compileBody(
  document: ApiDocument,
  validator: SchemaValidator,
  pointer: string,
): CompiledBody {
  const located = document.locate(pointer);
  const mediaTypes = new Map<string, CompiledMediaType>();
  for (const name of Object.keys(objectAt(located.value, "content"))) {
    const type = name.split(";")[0]!.trim().toLowerCase();
    const place = pointerTo(located.pointer, "content", name);
    if (!mediaTypes.has(type)) mediaTypes.set(type, compileMediaType(document, validator, place, type));
  }
  const content = pointerTo(located.pointer, "content");
  for (const name of Object.keys(objectAt(located.value, "content")))
    for (const type of typesMeant(document, content, name))
      if (!mediaTypes.has(type))
        mediaTypes.set(type, compileMediaType(document, validator, pointerTo(content, name), type));
  return { required: located.value.required === true, mediaTypes };
}

export function kindOf(mediaType: string): BodyKind {
  if (/^(application|text)\/([a-z0-9.+_-]+\+)?json$/.test(mediaType)) return "json";
  if (mediaType === "application/x-www-form-urlencoded") return "form";
  if (mediaType === "multipart/form-data") return "multipart";
  if (mediaType.startsWith("text/") || /^application\/([a-z0-9.+_-]+\+)?xml$/.test(mediaType)) return "text";
  return "binary";
}

function compileMediaType(
  document: ApiDocument,
  validator: SchemaValidator,
  pointer: string,
  type: string,
): CompiledMediaType {
  const kind = kindOf(type);
  const schema = pointerTo(pointer, "schema");
  const hasSchema = document.at(schema) !== undefined;
  const isForm = kind === "form" || kind === "multipart";
  const shape = hasSchema && (isForm || kind === "text") ? shapeAt(document, schema) : null;
  // The structure of XML, and of bytes, is not looked into: only a schema of plain text is checked.
  const isOpaque = kind === "binary" || (kind === "text" && shape?.kind !== "scalar");
  const fields = isForm ? compileFields(document, pointer, shape) : new Map();
  return { type, kind, fields, check: hasSchema && !isOpaque ? validator.compile(schema) : null };
}

/** How the properties of a form are written, by what `encoding` says of them. */
function compileFields(
  document: ApiDocument,
  pointer: string,
  shape: ValueShape | null,
): Map<string, CompiledField> {
  const media = document.locate(pointer).value;
  const fields = new Map<string, CompiledField>();
  for (const [name, property] of shape?.properties ?? []) {
    const encoding = objectAt(objectAt(media, "encoding"), name);
    const style = (FIELD_STYLES.includes(encoding.style) ? encoding.style : "form") as ParameterStyle;
    fields.set(name, {
      shape: property,
      style,
      explode: typeof encoding.explode === "boolean" ? encoding.explode : style === "form",
      contentTypes:
        isObject(encoding) && typeof encoding.contentType === "string" ? listOf(encoding.contentType) : [],
    });
  }
  return fields;
}

function listOf(contentType: string): string[] {
  return contentType.split(",").map((type) => type.split(";")[0]!.trim().toLowerCase());
}
