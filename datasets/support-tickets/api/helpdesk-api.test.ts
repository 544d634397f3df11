import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { TimeReader } from "../../../services/gateway/mock-api/state/canonical-time.ts";
import { compileMockApi } from "../../../services/shared/mock-api/compile/compile-mock-api.ts";
import {
  type ApiDocument,
  ApiDocument as Document,
  isObject,
  pointerTo,
} from "../../../services/shared/mock-api/compile/document.ts";
import { SchemaValidator } from "../../../services/shared/mock-api/compile/schema-validator.ts";
import { canonicalTime } from "../canonical-time.ts";
import { TABLES } from "../tables.ts";
import { loadHelpdeskApi } from "./load-helpdesk-api.ts";

const { document, bindings, sha256 } = loadHelpdeskApi();

test("the document is valid OpenAPI 3.1", async () => {
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  const broken = { ...structuredClone(document), paths: { "/x": { get: { responses: 1 } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test("document and bindings compile", () => {
  expect(compileMockApi(document, bindings).operations.size).toBe(16);
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

/** Every example with the pointer of the schema it belongs to. */
function examplesOf(api: ApiDocument): { pointer: string; schema: string; value: unknown }[] {
  const found: { pointer: string; schema: string; value: unknown }[] = [];
  const visit = (value: unknown, pointer: string) => {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) visit(item, pointerTo(pointer, index));
    if (!isObject(value)) return;
    const schema = pointerTo(pointer, "schema");
    if (isObject(value.schema)) {
      if ("example" in value) found.push({ pointer, schema, value: value.example });
      if (isObject(value.examples))
        for (const [name, example] of Object.entries(value.examples))
          if (isObject(example))
            found.push({ pointer: pointerTo(pointer, "examples", name), schema, value: example.value });
    } else if (Array.isArray(value.examples))
      for (const example of value.examples) found.push({ pointer, schema: pointer, value: example });
    for (const [key, part] of Object.entries(value))
      if (key !== "example" && key !== "examples") visit(part, pointerTo(pointer, key));
  };
  visit(api.root, "");
  return found;
}

test("every example is what its schema says", () => {
  const validator = new SchemaValidator(document);
  const examples = examplesOf(new Document(document));
  expect(examples.length).toBeGreaterThan(25);
  const wrong = examples.flatMap(({ pointer, schema, value }) => {
    const violation = validator.compile(schema)(value);
    return violation ? [`${pointer}: ${violation[0]!.pointer} ${violation[0]!.message}`] : [];
  });
  expect(wrong).toEqual([]);
});

test("every column of the dataset is served, and nothing else is asked of it", () => {
  const served = Object.values(bindings.collections).map(({ table, properties }) => [
    table,
    Object.entries(properties).map(([name, { column }]) => column ?? name),
  ]);
  expect(Object.fromEntries(served)).toEqual(
    Object.fromEntries(TABLES.map((table) => [table.name, table.columns.map(({ name }) => name)])),
  );
});

test("closed sets and types are those of the dataset", () => {
  for (const { table, properties } of Object.values(bindings.collections))
    for (const column of TABLES.find(({ name }) => name === table)!.columns) {
      const property = properties[column.name]!;
      expect([column.name, property.nullable]).toEqual([column.name, column.nullable]);
      if (column.values) expect(property.values?.allowed, column.name).toEqual([...column.values]);
    }
});

test("times are read as the dataset's own reader does", () => {
  const reader = new TimeReader(bindings.timeZone, bindings.dateOrder);
  const texts = [
    "2025-03-30T01:30:00",
    "2025-10-26 01:30:00",
    "26/10/2025 02:10",
    "07/04/2025 09:15",
    "1742000000000",
    "2025-06-01T10:00:00+02:00",
    "2025-06-01",
    "",
    "n/a",
  ];
  for (let hour = 0; hour < 24 * 400; hour += 7)
    texts.push(new Date(Date.UTC(2025, 1, 1, hour)).toISOString().slice(0, 19).replace("T", " "));
  for (const text of texts) expect([text, reader.read(text)]).toEqual([text, canonicalTime(text)]);
});
