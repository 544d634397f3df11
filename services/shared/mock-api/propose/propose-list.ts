import type { Filter, ListFact, ListOperation, ListPage } from "../../contracts/mock-api.ts";
import type { JsonObject } from "../compile/document.ts";
import type { PlacedList } from "./find-shape.ts";
import { plain } from "./names.ts";
import type { ProposedCollection } from "./propose-collection.ts";
import { type QueryParameter, schemaType } from "./read-operations.ts";

const LIMIT = /^(limit|perpage|pagesize|size|count|maxresults|take|top|pagelimit|first)$/;
const CURSOR =
  /^(cursor|after|startingafter|pagetoken|nexttoken|continuationtoken|pageafter|pagecursor|aftercursor|nextcursor)$/;
const OFFSET = /^(offset|skip|start|startat|pageoffset|from)$/;
const PAGE = /^(page|pagenumber|pageindex|pageno|currentpage)$/;
const SORT = /^(sort|sortby|orderby|ordering|sortfield)$/;
const DIRECTION = /^(order|direction|sortorder|sortdirection|sortdir|dir)$/;
const SEARCH = /^(q|query|search|term|keyword|keywords|searchterm|text)$/;

const FACTS: [pattern: RegExp, fact: ListFact][] = [
  [/^(total|totalcount|totalresults|totalitems|totalrecords|totalelements)$/, "total"],
  [/^(count|size|resultcount)$/, "count"],
  [/^(limit|perpage|pagesize)$/, "limit"],
  [/^(offset|skip)$/, "offset"],
  [/^(page|pagenumber|currentpage)$/, "page"],
  [/^(pages|totalpages|pagecount|lastpage)$/, "pages"],
  [/^(hasmore|more|hasnext|hasnextpage)$/, "hasMore"],
];
const LINKS: [pattern: RegExp, fact: ListFact][] = [
  [/^(next|nexturl|nextpageurl|nexthref|nextlink)$/, "nextUrl"],
  [/^(prev|previous|previousurl|prevurl)$/, "previousUrl"],
  [/^first(url)?$/, "firstUrl"],
  [/^last(url)?$/, "lastUrl"],
  [/^self$/, "selfUrl"],
];
const NEXT_CURSOR = /^(nextcursor|next|nextpagetoken|nexttoken|cursor|endcursor|continuationtoken)$/;

export interface ProposedList {
  operation: ListOperation;
  why: string[];
  /** Parameters that nothing is done with. */
  unused: string[];
}

export function proposeList(
  root: JsonObject,
  query: readonly QueryParameter[],
  list: PlacedList,
  proposed: ProposedCollection,
): ProposedList {
  const left = new Map(query.map((parameter) => [parameter.name, parameter]));
  const take = (pattern: RegExp) => {
    const found = [...left.values()].find(({ name }) => pattern.test(plain(name)));
    if (found) left.delete(found.name);
    return found;
  };
  const page = pageOf(take);
  const sort = sortOf(proposed, take(SORT), take(DIRECTION));
  const search = proposed.collection.search.length > 0 ? take(SEARCH)?.name : undefined;
  const filters = filtersOf(root, left, proposed);
  const envelope = envelopeOf(list, page);
  return {
    operation: {
      kind: "list",
      collection: proposed.name,
      within: {},
      filters,
      ...(search === undefined ? {} : { search }),
      sort,
      ...(page === undefined ? {} : { page }),
      envelope,
      headers: {},
      expand: {},
    },
    why: [
      list.at === null ? "The answer is an array." : `The answer has an array in "${list.at}".`,
      ...(page
        ? [
            `Pages are counted by ${page.style === "cursor" ? `the cursor "${page.cursor}"` : page.style === "offset" ? `"${page.offset}"` : `"${page.page}"`}.`,
          ]
        : []),
      ...(Object.keys(filters).length > 0 ? [`Filters: ${Object.keys(filters).join(", ")}.`] : []),
    ],
    unused: [...left.keys()],
  };
}

type Take = (pattern: RegExp) => QueryParameter | undefined;

function pageOf(take: Take): ListPage | undefined {
  const cursor = take(CURSOR);
  const offset = cursor ? undefined : take(OFFSET);
  const page = cursor || offset ? undefined : take(PAGE);
  const limit = take(LIMIT);
  if (!cursor && !offset && !page) return undefined;
  const { default: usual, maximum } = limit?.schema ?? {};
  const maxLimit = whole(maximum, 1, 1000) ?? 100;
  const size = {
    ...(limit ? { limit: limit.name } : {}),
    defaultLimit: Math.min(whole(usual, 1, 1000) ?? 20, maxLimit),
    maxLimit,
  };
  if (cursor) return { style: "cursor", cursor: cursor.name, ...size };
  if (offset) return { style: "offset", offset: offset.name, ...size };
  const first = page!.schema.default === 0 || page!.schema.minimum === 0 ? 0 : 1;
  return { style: "page", page: page!.name, first, ...size };
}

function whole(value: unknown, least: number, most: number): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;
}

function sortOf(
  { collection, byField }: ProposedCollection,
  sort: QueryParameter | undefined,
  direction: QueryParameter | undefined,
): ListOperation["sort"] {
  const { id, properties } = collection;
  const isSortable = (name: string) => !["json", "strings"].includes(properties[name]!.type);
  const listed = Array.isArray(sort?.schema.enum) ? sort.schema.enum.map(String) : [];
  const names: Record<string, string> = {};
  for (const value of listed) {
    const bare = value.replace(/^[-+]/, "").replace(/[:_ ](asc|desc)$/i, "");
    const property = [...byField].find(([field]) => plain(field) === plain(bare))?.[1];
    if (property && isSortable(property) && bare !== property) names[bare] = property;
    if (property && isSortable(property)) names[bare] = property;
  }
  const shown = Object.keys(properties).filter((name) => isSortable(name) && !properties[name]!.hidden);
  const chosen = listed.length > 0 ? [...new Set(Object.values(names))] : shown.slice(0, 12);
  const time = ["createdat", "created", "creationdate", "createdon", "date", "timestamp"];
  const newest = shown.find(
    (name) => time.includes(plain(name)) && ["time", "date"].includes(properties[name]!.type),
  );
  const usual = newest ?? id;
  return {
    ...(sort && chosen.length > 0 ? { parameter: sort.name } : {}),
    ...(sort && direction && chosen.length > 0 ? { direction: direction.name } : {}),
    names,
    properties: [...new Set([...chosen, usual])],
    default: newest ? `-${newest}` : id,
  };
}

const BOUNDS: [pattern: RegExp, comparison: Filter["comparison"]][] = [
  [/^(.+?)(after|since|from|gte|gt|min|start)$/, "gte"],
  [/^(.+?)(before|until|to|lte|lt|max|end)$/, "lte"],
  [/^(?:min|from|since|after)(.+)$/, "gte"],
  [/^(?:max|to|until|before)(.+)$/, "lte"],
];

function filtersOf(
  root: JsonObject,
  left: Map<string, QueryParameter>,
  proposed: ProposedCollection,
): Record<string, Filter> {
  const filters: Record<string, Filter> = {};
  for (const { name, schema } of [...left.values()]) {
    const filter = filterOf(root, name, schema, proposed);
    if (!filter) continue;
    filters[name] = filter;
    left.delete(name);
  }
  return filters;
}

function filterOf(
  root: JsonObject,
  name: string,
  schema: JsonObject,
  proposed: ProposedCollection,
): Filter | null {
  const properties = proposed.collection.properties;
  const find = (wanted: string) => propertyLike(proposed, wanted);
  const property = find(plain(name)) ?? find(plain(name).replace(/s$/, ""));
  if (property) {
    const { type } = properties[property]!;
    if (type === "json") return null;
    if (type === "strings") return { property, comparison: "contains" };
    return { property, comparison: schemaType(root, schema) === "array" ? "in" : "eq" };
  }
  for (const [pattern, comparison] of BOUNDS) {
    const bare = pattern.exec(plain(name))?.[1];
    const bound = bare && (find(bare) ?? find(`${bare}at`) ?? find(`${bare}date`));
    if (bound && ["time", "date", "integer", "number"].includes(properties[bound]!.type))
      return { property: bound, comparison };
  }
  return null;
}

/** By what the API calls it, else by its column. */
function propertyLike({ byField, byColumn }: ProposedCollection, wanted: string): string | undefined {
  for (const names of [byField, byColumn])
    for (const [name, property] of names) if (plain(name) === wanted) return property;
  return undefined;
}

function envelopeOf(list: PlacedList, page: ListPage | undefined): ListOperation["envelope"] {
  if (list.at === null) return { items: null, fields: {} };
  const fields: Record<string, ListFact> = {};
  let nextCursor: string | undefined;
  for (const [path, field] of list.around) {
    const name = plain(field.name);
    const isText = [field.schema.type].flat().includes("string");
    const known = isText
      ? page?.style === "cursor" && NEXT_CURSOR.test(name) && field.schema.format !== "uri"
        ? "nextCursor"
        : LINKS.find(([pattern]) => pattern.test(name))?.[1]
      : FACTS.find(([pattern]) => pattern.test(name))?.[1];
    if (known === "nextCursor") nextCursor ??= path;
    else if (known && (!["offset", "page", "pages"].includes(known) || page?.style !== "cursor"))
      fields[path] = known;
  }
  return { items: list.at, ...(nextCursor === undefined ? {} : { nextCursor }), fields };
}
