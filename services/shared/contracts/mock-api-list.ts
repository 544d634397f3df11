import { z } from "zod";

/** Name of a collection or property: also a name in the engine's database, so kept plain. */
export const Name = z.string().regex(/^[a-z][A-Za-z0-9_]{0,62}$/);

/** A parameter of the document. `page[size]` is also the property `size` of a deepObject parameter `page`. */
export const ParameterName = z.string().min(1).max(100);

/** Where a value stands in a JSON object: names joined by dots, for example `meta.total`. */
export const JsonPath = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_$@:-]+(\.[A-Za-z0-9_$@:-]+){0,4}$/)
  .refine((path) => !path.split(".").includes("__proto__"), "must not name __proto__");

/** Puts a few properties of a related record under a name. */
export const Expansion = z.strictObject({
  from: Name,
  collection: Name,
  properties: z.array(Name).min(1),
});
export type Expansion = z.infer<typeof Expansion>;
export const Expansions = z.record(Name, Expansion).default({});

/** The record a sub-collection belongs to: path parameter -> identifier; `property` of each item holds it. */
export const Parent = z.strictObject({ collection: Name, parameter: ParameterName, property: Name });
export type Parent = z.infer<typeof Parent>;

/** Path parameter -> the property that must equal it, for example `{ owner: owner_login, repo: repo_name }`. */
export const Within = z.record(ParameterName, Name).default({});

export const Filter = z.strictObject({
  property: Name,
  /** `contains`: an array property has all given values. `in` takes an array parameter. */
  comparison: z.enum(["eq", "in", "gte", "gt", "lte", "lt", "prefix", "contains"]),
});
export type Filter = z.infer<typeof Filter>;

const PageSize = {
  /** Query parameter with the number of records wanted; always `defaultLimit` without one. */
  limit: ParameterName.optional(),
  defaultLimit: z.int().min(1).max(1000),
  maxLimit: z.int().min(1).max(1000),
};

/** Goes on behind the last record of a page, whatever was created or deleted meanwhile. */
export const CursorPage = z.strictObject({
  style: z.literal("cursor").default("cursor"),
  cursor: ParameterName,
  ...PageSize,
});
/** Skips as many records as the parameter says. */
export const OffsetPage = z.strictObject({ style: z.literal("offset"), offset: ParameterName, ...PageSize });
/** Counts pages, from 1 unless `first` says otherwise. */
export const NumberedPage = z.strictObject({
  style: z.literal("page"),
  page: ParameterName,
  first: z.int().min(0).max(1).default(1),
  ...PageSize,
});
export const ListPage = z.union([CursorPage, OffsetPage, NumberedPage]);
export type ListPage = z.infer<typeof ListPage>;

/** What can be said about a page. `pages`, `total` and the last address cost a count of all that match. */
export const ListFact = z.enum([
  "nextCursor",
  "total",
  "count",
  "limit",
  "offset",
  "page",
  "pages",
  "hasMore",
  "selfUrl",
  "firstUrl",
  "previousUrl",
  "nextUrl",
  "lastUrl",
]);
export type ListFact = z.infer<typeof ListFact>;

export const ListEnvelope = z.strictObject({
  /** Where the records are; null for a bare array. */
  items: JsonPath.nullable(),
  nextCursor: JsonPath.optional(),
  /** More about the page, for example `{ "meta.total": "total", "links.next": "nextUrl" }`. */
  fields: z.record(JsonPath, ListFact).default({}),
});

export const ListOperation = z.strictObject({
  kind: z.literal("list"),
  collection: Name,
  parent: Parent.optional(),
  within: Within,
  /** Query parameter -> what it compares. */
  filters: z.record(ParameterName, Filter).default({}),
  /** Query parameter with words to search for. */
  search: ParameterName.optional(),
  sort: z.strictObject({
    /** Its value is a property's name as the API writes it, or one of `names`: `name`, `-name`, `name:desc`. */
    parameter: ParameterName.optional(),
    /** Query parameter with `asc` or `desc`. */
    direction: ParameterName.optional(),
    names: z.record(z.string().min(1).max(100), Name).default({}),
    properties: z.array(Name).min(1),
    /** A property, with `-` in front for descending. */
    default: z.string().regex(/^-?[a-z][A-Za-z0-9_]*$/),
  }),
  /** Without it, everything is sent, at most 1000 records. */
  page: ListPage.optional(),
  envelope: ListEnvelope.default({ items: "data", nextCursor: "next_cursor", fields: {} }),
  /** Response headers about the page; `links` is a Link header of RFC 8288. */
  headers: z
    .record(z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/), z.union([ListFact, z.literal("links")]))
    .default({}),
  expand: Expansions,
});
export type ListOperation = z.infer<typeof ListOperation>;
