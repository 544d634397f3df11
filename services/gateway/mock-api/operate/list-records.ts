import type { Filter, ListOperation, MockApiProperty } from "../../../shared/contracts/mock-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, notFound, type Violation } from "../api-problem.ts";
import { TimeReader } from "../state/canonical-time.ts";
import type { Cell } from "../state/column-value.ts";
import { listFingerprint, sealCursor } from "../state/cursor.ts";
import { SearchSyntaxError, searchExpression } from "../state/search-expression.ts";
import type { ListQuery } from "../state/select-page.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { cellOf, queryValue, withinFilters } from "./find-record.ts";
import { envelop } from "./list-envelope.ts";
import { presentRecord } from "./present-record.ts";
import { readPage } from "./read-page.ts";

const UTC = new TimeReader("UTC");

/** @throws ApiProblem 404 when the parent is not there, 422 */
export function listRecords(exchange: Exchange, binding: ListOperation): Outcome {
  const { database } = exchange.state;
  const { collection } = binding;
  const filters = [
    ...parentFilter(exchange, binding),
    ...withinFilters(exchange, collection, binding.within),
    ...readFilters(exchange, binding),
  ];
  const search = readSearch(exchange, binding);
  const sort = readSort(exchange, binding);
  const fingerprint =
    binding.page?.style === "cursor"
      ? listFingerprint([exchange.operation.operationId, filters, search, sort])
      : "";
  const wanted = readPage(exchange, binding, fingerprint);
  const { records, next } = database.list({ collection, filters, search, sort, ...wanted });
  const find = database.find.bind(database);
  const items = records.map((record) =>
    presentRecord(exchange.api, collection, record, binding.expand, find),
  );
  const nextCursor =
    binding.page?.style === "cursor" ? next && sealCursor(exchange.sealer, fingerprint, next) : undefined;
  const total = () => database.count({ collection, filters, search });
  const page = { exchange, binding, wanted, items, nextCursor, hasMore: next !== null, total };
  return { status: exchange.operation.successStatus, ...envelop(page) };
}

function parentFilter(exchange: Exchange, { parent, collection }: ListOperation): ListQuery["filters"] {
  if (!parent) return [];
  const id = String(exchange.parameters.path.get(parent.parameter));
  if (!exchange.state.database.find(parent.collection, id)) throw notFound(`There is no record "${id}".`);
  const value = cellOf(exchange, collection, parent.property, id);
  return [{ property: parent.property, comparison: "eq", value }];
}

function readFilters(exchange: Exchange, binding: ListOperation): ListQuery["filters"] {
  const { properties } = exchange.api.bindings.collections[binding.collection]!;
  const violations: Violation[] = [];
  const filters: ListQuery["filters"] = [];
  for (const [parameter, { property, comparison }] of Object.entries(binding.filters)) {
    const given = queryValue(exchange.parameters.query, parameter);
    if (given === undefined) continue;
    const cells = (Array.isArray(given) ? given : [given]).map((one) =>
      toFilterCell(one, properties[property]!),
    );
    if (cells.some((cell) => cell === null))
      violations.push({ in: "query", pointer: pointerTo("", parameter), message: "is not a date or time" });
    else filters.push({ property, comparison, value: filterValue(comparison, cells) });
  }
  if (violations.length > 0) throw ApiProblem.invalid(violations);
  return filters;
}

function filterValue(comparison: Filter["comparison"], cells: Cell[]): Cell | Cell[] {
  return comparison === "in" || comparison === "contains" ? cells : cells[0]!;
}

function toFilterCell(value: unknown, property: MockApiProperty): Cell {
  if (property.type === "time") return UTC.read(String(value));
  if (property.type === "date") return UTC.read(String(value))?.slice(0, 10) ?? null;
  return typeof value === "boolean" ? Number(value) : (value as string | number);
}

function readSearch(exchange: Exchange, binding: ListOperation): string | null {
  const text = binding.search && queryValue(exchange.parameters.query, binding.search);
  if (text === undefined) return null;
  try {
    return searchExpression(String(text));
  } catch (error) {
    if (!(error instanceof SearchSyntaxError)) throw error;
    throw ApiProblem.invalid([
      { in: "query", pointer: pointerTo("", binding.search!), message: error.message },
    ]);
  }
}

/** `name`, `-name`, `+name`, `name:desc`, `name desc` or `name,desc`. */
const ORDER = /^([-+]?)(.*?)(?:[ :,](asc|desc))?$/is;

const partsOfOrder = (text: string): readonly string[] => ORDER.exec(text) ?? [];
const usual = new WeakMap<ListOperation["sort"], readonly string[]>();

function usualOrder(sort: ListOperation["sort"]): readonly string[] {
  const known = usual.get(sort) ?? partsOfOrder(sort.default);
  usual.set(sort, known);
  return known;
}

function readSort(exchange: Exchange, { sort, collection }: ListOperation): ListQuery["sort"] {
  const { query } = exchange.parameters;
  const given = sort.parameter && queryValue(query, sort.parameter);
  const direction = sort.direction && queryValue(query, sort.direction);
  const isGiven = given !== undefined && given !== "";
  const [, sign, name = "", suffix] = isGiven ? partsOfOrder(String(given)) : usualOrder(sort);
  const property = isGiven ? sortProperty(exchange, collection, sort, name) : name;
  if (property === undefined || !sort.properties.includes(property))
    throw ApiProblem.invalid([
      { in: "query", pointer: pointerTo("", sort.parameter ?? ""), message: "is not a known order" },
    ]);
  const word = String(direction ?? suffix ?? "").toLowerCase();
  return { property, descending: word === "" ? sign === "-" : /^desc/.test(word) };
}

function sortProperty(
  exchange: Exchange,
  collection: string,
  { names, properties }: ListOperation["sort"],
  name: string,
): string | undefined {
  if (Object.hasOwn(names, name)) return names[name];
  const shape = exchange.api.shapes.get(collection)!;
  return shape.byPath.get(name) ?? (properties.includes(name) ? name : undefined);
}
