import type { Filter, ListOperation, MockApiProperty } from "../../../shared/contracts/mock-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, notFound, type Violation } from "../api-problem.ts";
import { TimeReader } from "../state/canonical-time.ts";
import type { Cell } from "../state/column-value.ts";
import { listFingerprint, openCursor, type Place, sealCursor } from "../state/cursor.ts";
import { SearchSyntaxError, searchExpression } from "../state/search-expression.ts";
import type { ListQuery } from "../state/select-page.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { presentRecord } from "./present-record.ts";

const WITHOUT_PAGES = 1000;
const UTC = new TimeReader("UTC");

/** @throws ApiProblem 404 when the parent is not there, 422 */
export function listRecords(exchange: Exchange, binding: ListOperation): Outcome {
  const { database } = exchange.state;
  const filters = [...parentFilter(exchange, binding), ...readFilters(exchange, binding)];
  const search = readSearch(exchange, binding);
  const sort = readSort(exchange, binding);
  const fingerprint = listFingerprint([exchange.operation.operationId, filters, search, sort]);
  const page = database.list({
    collection: binding.collection,
    filters,
    search,
    sort,
    after: readCursor(exchange, binding, fingerprint),
    limit: readLimit(exchange, binding),
  });
  const find = database.find.bind(database);
  const items = page.records.map((record) =>
    presentRecord(exchange.api.bindings, binding.collection, record, binding.expand, find),
  );
  const body: Record<string, unknown> = { [binding.envelope.items]: items };
  if (binding.page)
    body[binding.envelope.nextCursor] = page.next && sealCursor(exchange.sealer, fingerprint, page.next);
  return { status: exchange.operation.successStatus, body };
}

function parentFilter(exchange: Exchange, { parent }: ListOperation): ListQuery["filters"] {
  if (!parent) return [];
  const id = String(exchange.parameters.path.get(parent.parameter));
  if (!exchange.state.database.find(parent.collection, id)) throw notFound(`There is no record "${id}".`);
  return [{ property: parent.property, comparison: "eq", value: id }];
}

function readFilters(exchange: Exchange, binding: ListOperation): ListQuery["filters"] {
  const { properties } = exchange.api.bindings.collections[binding.collection]!;
  const violations: Violation[] = [];
  const filters: ListQuery["filters"] = [];
  for (const [parameter, { property, comparison }] of Object.entries(binding.filters)) {
    const given = exchange.parameters.query.get(parameter);
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
  const text = binding.search && exchange.parameters.query.get(binding.search);
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

function readSort(exchange: Exchange, { sort }: ListOperation): ListQuery["sort"] {
  const text = String((sort.parameter && exchange.parameters.query.get(sort.parameter)) ?? sort.default);
  const property = text.replace(/^-/, "");
  if (!sort.properties.includes(property))
    throw ApiProblem.invalid([
      { in: "query", pointer: pointerTo("", sort.parameter ?? ""), message: "is not a known order" },
    ]);
  return { property, descending: text.startsWith("-") };
}

function readLimit(exchange: Exchange, { page }: ListOperation): number {
  if (!page) return WITHOUT_PAGES;
  const limit = Number(exchange.parameters.query.get(page.limit) ?? page.defaultLimit);
  if (limit >= 1 && limit <= page.maxLimit) return limit;
  throw ApiProblem.invalid([
    { in: "query", pointer: pointerTo("", page.limit), message: `must be between 1 and ${page.maxLimit}` },
  ]);
}

function readCursor(exchange: Exchange, { page }: ListOperation, fingerprint: string): Place | null {
  const text = page && exchange.parameters.query.get(page.cursor);
  if (!page || text === undefined) return null;
  const place = openCursor(exchange.sealer, fingerprint, String(text));
  if (typeof place === "object") return place;
  const message =
    place === "other"
      ? "belongs to a list with other filters or another order; send the same ones with it"
      : "is not a cursor of this API";
  throw ApiProblem.invalid([{ in: "query", pointer: pointerTo("", page.cursor), message }]);
}
