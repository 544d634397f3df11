import type { Filter } from "../../../shared/contracts/mock-api.ts";
import { type CollectionPlan, hasFewValues } from "../../../shared/mock-api/storage-plan.ts";
import type { Cell } from "./column-value.ts";
import { cellType, elementTable, searchTable, sortKey, table, touchedTable } from "./table-layout.ts";

export interface ListQuery {
  collection: string;
  filters: { property: string; comparison: Filter["comparison"]; value: Cell | Cell[] }[];
  /** An FTS5 expression, built by `searchExpression`. */
  search: string | null;
  sort: { property: string; descending: boolean };
  /** Start behind this place. */
  after: { key: Cell; id: string | number } | null;
  /** Leave out this many of the first. */
  skip: number;
  limit: number;
}

export type ListRow = [overlay: number, position: number, key: string | number, id: string | number];

const OPERATOR = { eq: "=", gte: ">=", gt: ">", lte: "<=", lt: "<" } as const;

/**
 * Finds a page by place (sort key, then identifier) and not by offset, so that records created or deleted meanwhile
 * shift nothing. Rows are narrow here: sorting must not carry the texts along. Base and overlay each give a page in
 * order, and SQLite merges the two.
 */
export function selectPage(
  plan: CollectionPlan,
  query: ListQuery,
  withOverlay: boolean,
): { sql: string; values: Record<string, Cell> } {
  const values: Record<string, Cell> = { reach: query.skip + query.limit + 1, skip: query.skip };
  const bind = binder(values);
  const parts: PageParts = {
    ...partsOf(plan, query, bind, query.sort.property),
    key: sortKey(plan, query.sort.property),
    direction: query.sort.descending ? "DESC" : "ASC",
    after: query.after && { key: bind(query.after.key), id: bind(query.after.id) },
  };
  const byPosition =
    query.sort.property === plan.order && (parts.search !== null || parts.elements.length > 0);
  const extra = withOverlay ? [untouched(plan)] : [];
  const base = byPosition ? pageByPosition(parts, extra) : pageByKey(parts, "base", extra);
  if (!withOverlay) return { sql: `${base} OFFSET :skip`, values };
  const sql = `SELECT * FROM (${base}) UNION ALL SELECT * FROM (${pageByKey(parts, "main", [])}) ORDER BY 3 ${parts.direction}, 4 ${parts.direction} LIMIT :reach OFFSET :skip`;
  return { sql, values };
}

/** How many records match, without regard to order and page. */
export function countMatches(
  plan: CollectionPlan,
  query: Pick<ListQuery, "filters" | "search">,
  withOverlay: boolean,
): { sql: string; values: Record<string, Cell> } {
  const values: Record<string, Cell> = {};
  const parts = partsOf(plan, query, binder(values));
  const from = (schema: "base" | "main", extra: string[]) =>
    `(SELECT count(*) FROM ${schema}.${table(plan.name)} AS r${where([...matching(parts, schema), ...extra])})`;
  const base = from("base", withOverlay ? [untouched(plan)] : []);
  return { sql: `SELECT ${withOverlay ? `${base} + ${from("main", [])}` : base} AS total`, values };
}

type Bind = (value: Cell) => string;
type Filtered = ListQuery["filters"][number];

interface QueryParts {
  plan: CollectionPlan;
  filters: string[];
  elements: { property: string; value: string }[];
  search: string | null;
}

interface PageParts extends QueryParts {
  key: string;
  direction: "ASC" | "DESC";
  after: { key: string; id: string } | null;
}

function binder(values: Record<string, Cell>): Bind {
  return (value) => {
    const name = `v${Object.keys(values).length}`;
    values[name] = value;
    return `:${name}`;
  };
}

/** @param order what the page is sorted by, if it is a page */
function partsOf(
  plan: CollectionPlan,
  query: Pick<ListQuery, "filters" | "search">,
  bind: Bind,
  order?: string,
): QueryParts {
  const conditions = query.filters.map((filter) =>
    filterCondition(filter, comparedColumn(plan, filter, order), bind),
  );
  return {
    plan,
    filters: conditions.filter((part) => part !== null),
    elements: query.filters.flatMap((filter) => elementsOf(filter, bind)),
    search: query.search === null ? null : bind(query.search),
  };
}

/** Of a row of the base that the attempt has not changed; touched identifiers are kept as text. */
function untouched(plan: CollectionPlan): string {
  const id = plan.idType === "integer" ? `CAST(r."${plan.id}" AS TEXT)` : `r."${plan.id}"`;
  return `NOT EXISTS (SELECT 1 FROM main.${touchedTable(plan.name)} AS t WHERE t."id" = ${id})`;
}

const columnsOf = ({ plan, key }: PageParts, overlay: 0 | 1) =>
  `${overlay} AS overlay, r."position" AS "position", ${key} AS key, r."${plan.id}" AS id`;

const where = (conditions: string[]) => (conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "");

/** Walks an index on the sort key, or sorts what the filters leave. */
function pageByKey(parts: PageParts, schema: "base" | "main", extra: string[]): string {
  const { plan, key, direction, after } = parts;
  const operator = direction === "DESC" ? "<" : ">";
  const conditions = [
    ...matching(parts, schema),
    ...(after ? [`(${key}, r."${plan.id}") ${operator} (${after.key}, ${after.id})`] : []),
    ...extra,
  ];
  return `SELECT ${columnsOf(parts, schema === "main" ? 1 : 0)} FROM ${schema}.${table(plan.name)} AS r${where(conditions)} ORDER BY 3 ${direction}, 4 ${direction} LIMIT :reach`;
}

function matching({ plan, filters, elements, search: words }: QueryParts, schema: "base" | "main"): string[] {
  const search = searchTable(plan.name);
  return [
    ...filters,
    ...elements.map(
      ({ property, value }) =>
        `r."position" IN (SELECT e."position" FROM ${schema}.${elementTable(plan.name, property)} AS e WHERE e."value" = ${value})`,
    ),
    ...(words
      ? [`r."position" IN (SELECT s.rowid FROM ${schema}.${search} AS s WHERE s.${search} MATCH ${words})`]
      : []),
  ];
}

/**
 * The base lies in its usual order, and the full-text index and the element tables give positions in order. So the
 * page is complete after as many matches as it has records, however many more there are.
 */
function pageByPosition(parts: PageParts, extra: string[]): string {
  const { plan, direction, after, key } = parts;
  const [first, ...others] = parts.elements;
  const search = searchTable(plan.name);
  const drive = parts.search
    ? { from: `base.${search} AS d`, position: "d.rowid", matches: `d.${search} MATCH ${parts.search}` }
    : {
        from: `base.${elementTable(plan.name, first!.property)} AS d`,
        position: 'd."position"',
        matches: `d."value" = ${first!.value}`,
      };
  const operator = direction === "DESC" ? "<" : ">";
  const bound =
    after &&
    `(SELECT b."position" FROM base.${table(plan.name)} AS b WHERE (${key}, b."${plan.id}") ${operator} (${after.key}, ${after.id}) ORDER BY ${key} ${direction}, b."${plan.id}" ${direction} LIMIT 1)`;
  const conditions = [
    drive.matches,
    ...(bound ? [`${drive.position} ${operator}= ${bound}`] : []),
    ...parts.filters,
    ...(parts.search && first ? [first, ...others] : others).map(
      ({ property, value }) =>
        `EXISTS (SELECT 1 FROM base.${elementTable(plan.name, property)} AS e WHERE e."value" = ${value} AND e."position" = r."position")`,
    ),
    ...extra,
  ];
  return `SELECT ${columnsOf(parts, 0)} FROM ${drive.from} CROSS JOIN base.${table(plan.name)} AS r ON r."position" = ${drive.position}${where(conditions)} ORDER BY ${drive.position} ${direction} LIMIT :reach`;
}

/**
 * The filter's column, hidden from the planner where an index on it would give a large part of the table in another
 * order than the list's: all of that would be sorted for one page, which walking the list's order finds sooner. The
 * index on that order carries the column.
 */
function comparedColumn(plan: CollectionPlan, { property, value }: Filtered, order?: string): string {
  const column = `r."${property}"`;
  const { definition } = plan.properties.find(({ name }) => name === property)!;
  if (order === undefined || !hasFewValues(definition)) return column;
  const isOne = !Array.isArray(value) || value.length === 1;
  const isInOrder = plan.indexes.some((one) => one.filtered.join() === property && one.order[0] === order);
  return isOne && isInOrder ? column : `CAST(${column} AS ${cellType(definition)})`;
}

/** Null for filters that are looked up in an element table. */
function filterCondition(filter: Filtered, column: string, bind: Bind): string | null {
  const list = Array.isArray(filter.value) ? filter.value : [filter.value];
  if (filter.comparison === "contains") return null;
  if (filter.comparison === "in") return `${column} IN (${list.map(bind).join(", ")})`;
  if (filter.comparison === "prefix")
    return `${column} >= ${bind(list[0]!)} AND ${column} < ${bind(`${list[0]}\u{10FFFF}`)}`;
  return `${column} ${OPERATOR[filter.comparison]} ${bind(list[0]!)}`;
}

function elementsOf(filter: Filtered, bind: Bind) {
  if (filter.comparison !== "contains") return [];
  const list = Array.isArray(filter.value) ? filter.value : [filter.value];
  return list.map((value) => ({ property: filter.property, value: bind(value) }));
}
