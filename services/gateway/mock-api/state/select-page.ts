import type { Filter } from "../../../shared/contracts/mock-api.ts";
import type { Cell } from "./column-value.ts";
import type { CollectionPlan } from "./storage-plan.ts";
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
 * shift nothing. Rows are narrow here: sorting must not carry the texts along. Base and overlay are each read in
 * order and merged by SQLite.
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
  const key = sortKey(plan, query.sort.property);
  const conditions = [
    ...query.filters.map((filter) => filterCondition(plan, filter, bind)),
    ...(query.search === null ? [] : [searchCondition(plan, bind(query.search))]),
    ...(query.after ? [afterCondition(plan, query.sort, query.after, bind)] : []),
  ];
  const arm = (schema: "base" | "main", extra: string[]) => {
    const all = [...conditions.map((condition) => condition(schema)), ...extra];
    const where = all.length > 0 ? ` WHERE ${all.join(" AND ")}` : "";
    const overlay = schema === "main" ? 1 : 0;
    return `SELECT ${overlay} AS overlay, "position", ${key} AS key, "${plan.id}" AS id FROM ${schema}.${table(plan.name)} AS r${where}`;
  };
  const untouched = `NOT EXISTS (SELECT 1 FROM main.${touchedTable(plan.name)} AS t WHERE t."id" = r."${plan.id}")`;
  const source = withOverlay ? `${arm("base", [untouched])} UNION ALL ${arm("main", [])}` : arm("base", []);
  const direction = query.sort.descending ? "DESC" : "ASC";
  return { sql: `${source} ORDER BY 3 ${direction}, 4 ${direction} LIMIT :limit`, values };
}

function afterCondition(
  plan: CollectionPlan,
  sort: ListQuery["sort"],
  after: { key: Cell; id: string },
  bind: (value: Cell) => string,
): ConditionOf {
  const condition = `(${sortKey(plan, sort.property)}, "${plan.id}") ${sort.descending ? "<" : ">"} (${bind(after.key)}, ${bind(after.id)})`;
  return () => condition;
}

type ConditionOf = (schema: "base" | "main") => string;

function filterCondition(
  plan: CollectionPlan,
  filter: ListQuery["filters"][number],
  bind: (value: Cell) => string,
): ConditionOf {
  const column = `"${filter.property}"`;
  const list = Array.isArray(filter.value) ? filter.value : [filter.value];
  switch (filter.comparison) {
    case "in": {
      const condition = `${column} IN (${list.map(bind).join(", ")})`;
      return () => condition;
    }
    case "contains": {
      const names = list.map(bind);
      return (schema) =>
        names
          .map(
            (name) =>
              `"position" IN (SELECT e."position" FROM ${schema}.${elementTable(plan.name, filter.property)} AS e WHERE e."value" = ${name})`,
          )
          .join(" AND ");
    }
    case "prefix": {
      const low = bind(list[0]!);
      const high = bind(`${list[0]}\u{10FFFF}`);
      return () => `${column} >= ${low} AND ${column} < ${high}`;
    }
    default: {
      const condition = `${column} ${OPERATOR[filter.comparison]} ${bind(list[0]!)}`;
      return () => condition;
    }
  }
}

function searchCondition(plan: CollectionPlan, name: string): ConditionOf {
  const search = searchTable(plan.name);
  return (schema) =>
    `"position" IN (SELECT s.rowid FROM ${schema}.${search} AS s WHERE s.${search} MATCH ${name})`;
}
