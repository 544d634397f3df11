import type { Filter } from "../../../shared/contracts/mock-api.ts";
import type { CollectionPlan } from "../../../shared/mock-api/storage-plan.ts";
import type { Cell } from "./column-value.ts";
import { elementTable, searchTable, sortKey, table, touchedTable } from "./table-layout.ts";

export interface ListQuery {
  collection: string;
  filters: { property: string; comparison: Filter["comparison"]; value: Cell | Cell[] }[];
  /** An FTS5 expression, built by `searchExpression`. */
  search: string | null;
  sort: { property: string; descending: boolean };
  /** Start behind this place. */
  after: { key: Cell; id: string } | null;
  limit: number;
}

export interface ListRow {
  overlay: number;
  position: number;
  key: string | number;
  id: string;
}

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
  const values: Record<string, Cell> = { limit: query.limit + 1 };
  const bind = (value: Cell): string => {
    const name = `v${Object.keys(values).length}`;
    values[name] = value;
    return `:${name}`;
  };
  const parts: QueryParts = {
    plan,
    query,
    key: sortKey(plan, query.sort.property),
    direction: query.sort.descending ? "DESC" : "ASC",
    filters: query.filters.map((filter) => filterCondition(filter, bind)).filter((part) => part !== null),
    elements: query.filters.flatMap((filter) => elementsOf(filter, bind)),
    search: query.search === null ? null : bind(query.search),
    after: query.after && { key: bind(query.after.key), id: bind(query.after.id) },
  };
  const byPosition =
    query.sort.property === plan.order && (parts.search !== null || parts.elements.length > 0);
  const untouched = `NOT EXISTS (SELECT 1 FROM main.${touchedTable(plan.name)} AS t WHERE t."id" = r."${plan.id}")`;
  const extra = withOverlay ? [untouched] : [];
  const base = byPosition ? pageByPosition(parts, extra) : pageByKey(parts, "base", extra);
  if (!withOverlay) return { sql: base, values };
  const sql = `SELECT * FROM (${base}) UNION ALL SELECT * FROM (${pageByKey(parts, "main", [])}) ORDER BY 3 ${parts.direction}, 4 ${parts.direction} LIMIT :limit`;
  return { sql, values };
}

interface QueryParts {
  plan: CollectionPlan;
  query: ListQuery;
  key: string;
  direction: "ASC" | "DESC";
  filters: string[];
  elements: { property: string; value: string }[];
  search: string | null;
  after: { key: string; id: string } | null;
}

const columnsOf = ({ plan, key }: QueryParts, overlay: 0 | 1) =>
  `${overlay} AS overlay, r."position" AS "position", ${key} AS key, r."${plan.id}" AS id`;

const where = (conditions: string[]) => (conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "");

/** Walks an index on the sort key, or sorts what the filters leave. */
function pageByKey(parts: QueryParts, schema: "base" | "main", extra: string[]): string {
  const { plan, key, direction, after } = parts;
  const operator = direction === "DESC" ? "<" : ">";
  const search = searchTable(plan.name);
  const conditions = [
    ...parts.filters,
    ...parts.elements.map(
      ({ property, value }) =>
        `r."position" IN (SELECT e."position" FROM ${schema}.${elementTable(plan.name, property)} AS e WHERE e."value" = ${value})`,
    ),
    ...(parts.search
      ? [
          `r."position" IN (SELECT s.rowid FROM ${schema}.${search} AS s WHERE s.${search} MATCH ${parts.search})`,
        ]
      : []),
    ...(after ? [`(${key}, r."${plan.id}") ${operator} (${after.key}, ${after.id})`] : []),
    ...extra,
  ];
  return `SELECT ${columnsOf(parts, schema === "main" ? 1 : 0)} FROM ${schema}.${table(plan.name)} AS r${where(conditions)} ORDER BY 3 ${direction}, 4 ${direction} LIMIT :limit`;
}

/**
 * The base lies in its usual order, and the full-text index and the element tables give positions in order. So the
 * page is complete after as many matches as it has records, however many more there are.
 */
function pageByPosition(parts: QueryParts, extra: string[]): string {
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
  return `SELECT ${columnsOf(parts, 0)} FROM ${drive.from} CROSS JOIN base.${table(plan.name)} AS r ON r."position" = ${drive.position}${where(conditions)} ORDER BY ${drive.position} ${direction} LIMIT :limit`;
}

/** Null for filters that are looked up in an element table. */
function filterCondition(filter: ListQuery["filters"][number], bind: (value: Cell) => string): string | null {
  const column = `r."${filter.property}"`;
  const list = Array.isArray(filter.value) ? filter.value : [filter.value];
  if (filter.comparison === "contains") return null;
  if (filter.comparison === "in") return `${column} IN (${list.map(bind).join(", ")})`;
  if (filter.comparison === "prefix")
    return `${column} >= ${bind(list[0]!)} AND ${column} < ${bind(`${list[0]}\u{10FFFF}`)}`;
  return `${column} ${OPERATOR[filter.comparison]} ${bind(list[0]!)}`;
}

function elementsOf(filter: ListQuery["filters"][number], bind: (value: Cell) => string) {
  if (filter.comparison !== "contains") return [];
  const list = Array.isArray(filter.value) ? filter.value : [filter.value];
  return list.map((value) => ({ property: filter.property, value: bind(value) }));
}
