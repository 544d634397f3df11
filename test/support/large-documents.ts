import { stringify } from "yaml";

/**
 * Long, honest OpenAPI documents, as a company with thousands of operations has them: resources with described
 * properties, four operations each, parameters, examples and errors. As dense as published ones, which have a value
 * for each 30 to 37 bytes of JSON without indentation, and for each 54 to 63 with it.
 */

export type Notation = "json" | "indented-json" | "yaml";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const SENTENCE =
  "Set by the system when the record is made, and kept as it is afterwards; callers that need the history of a value read the audit trail instead, which goes back for as long as the contract says.";
const PARAGRAPH = `${SENTENCE}\n\nWhoever is not allowed to see a record gets the same answer as for one that is not there. Requests that were refused for their number may be repeated after the time that the header \`Retry-After\` names; see the [guide](https://docs.example.com/guides/limits) for what counts.\n`;

/** As many resources as come nearest to `bytes` from below. */
export function largeDocument(notation: Notation, bytes: number): string {
  const head = { openapi: "3.1.0", info: { title: "Everything of a large company", version: "2026-01" } };
  const schemas: string[] = [];
  const paths: string[] = [];
  let length = 400;
  for (let number = 0; ; number++) {
    const { paths: pathsOfOne, schemas: schemasOfOne } = resource(number);
    const [path, schema] = [entries(notation, pathsOfOne, 1), entries(notation, schemasOfOne, 2)];
    length += Buffer.byteLength(path) + Buffer.byteLength(schema) + 4;
    if (length > bytes) break;
    paths.push(path);
    schemas.push(schema);
  }
  if (notation === "yaml")
    return `${stringify(head)}paths:\n${paths.join("")}components:\n  schemas:\n${schemas.join("")}`;
  const start = JSON.stringify(head).slice(0, -1);
  return `${start},"paths":{${paths.join(",")}},"components":{"schemas":{${schemas.join(",")}}}}`;
}

function entries(notation: Notation, value: object, level: number): string {
  if (notation === "json") return JSON.stringify(value).slice(1, -1);
  if (notation === "indented-json") return JSON.stringify(value, null, 2).slice(1, -1);
  const indent = "  ".repeat(level);
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).replace(/^(?=.)/gm, indent);
}

function resource(number: number) {
  const name = nameOf(number);
  const one = { $ref: `#/components/schemas/${name}` };
  const id = {
    name: "id",
    in: "path",
    required: true,
    description: "Which one.",
    schema: { type: "string", format: "uuid" },
  };
  const answer = (description: string, schema: object) => ({
    description,
    content: { "application/json": { schema } },
  });
  const problems = Object.fromEntries(
    [400, 401, 403, 404, 429].map((status) => [
      String(status),
      answer(`What is wrong (${status}).`, {
        type: "object",
        properties: { title: { type: "string" }, detail: { type: "string" } },
      }),
    ]),
  );
  const operation = (verb: string, rest: object) => ({
    operationId: `${verb}${name}`,
    summary: `${verb} one or several of ${name}`,
    description: PARAGRAPH,
    tags: [name],
    ...rest,
  });
  const body = { required: true, content: { "application/json": { schema: one } } };
  const done = { "200": answer("As it is now.", one), ...problems };
  return {
    paths: {
      [`/${name.toLowerCase()}`]: {
        get: operation("list", {
          parameters: ["cursor", "limit", "sort", "created_after"].map((parameter) => ({
            name: parameter,
            in: "query",
            description: SENTENCE,
            schema:
              parameter === "limit" ? { type: "integer", minimum: 1, maximum: 100 } : { type: "string" },
          })),
          responses: { "200": answer("A page.", { type: "array", items: one }), ...problems },
        }),
        post: operation("create", { requestBody: body, responses: done }),
      },
      [`/${name.toLowerCase()}/{id}`]: {
        get: operation("read", { parameters: [id], responses: done }),
        patch: operation("change", { parameters: [id], requestBody: body, responses: done }),
      },
    },
    schemas: { [name]: schemaOf(number) },
  };
}

function schemaOf(number: number) {
  const properties: Record<string, object> = {
    id: { type: "string", format: "uuid", description: "Of this record.", example: uuidOf(number) },
    parent: { $ref: `#/components/schemas/${nameOf(Math.floor(number / 2))}` },
  };
  for (let index = 0; index < 60; index++)
    properties[`field_${nameOf(index).toLowerCase()}`] = property(index);
  return { type: "object", description: SENTENCE, required: ["id"], properties };
}

function property(index: number): object {
  switch (index % 6) {
    case 0:
      return { type: "string", maxLength: 200, description: SENTENCE, example: "a value of its own" };
    case 1:
      return { type: "integer", minimum: 0, description: SENTENCE, example: 1000 + index };
    case 2:
      return { type: "string", enum: ["open", "waiting", "solved", "closed"], description: SENTENCE };
    case 3:
      return { type: ["string", "null"], format: "date-time", example: "2026-01-31T12:00:00Z" };
    case 4:
      return { type: "array", items: { type: "string" }, description: SENTENCE, example: ["one", "two"] };
    default:
      return { type: "object", properties: { value: { type: "number" }, unit: { type: "string" } } };
  }
}

function nameOf(number: number): string {
  let left = number;
  let name = "";
  do {
    name = LETTERS[left % 26] + name;
    left = Math.floor(left / 26) - 1;
  } while (left >= 0);
  return `Resource${name.toUpperCase()}`;
}

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
}
