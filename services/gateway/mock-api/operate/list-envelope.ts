import type { ListFact, ListOperation } from "../../../shared/contracts/mock-api.ts";
import { setAt } from "../../../shared/mock-api/collection-shape.ts";
import type { StoredRecord } from "../state/column-value.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import type { WantedPage } from "./read-page.ts";

/** A page that was read, for the facts about it. */
export interface FoundPage {
  exchange: Exchange;
  binding: ListOperation;
  wanted: WantedPage;
  items: StoredRecord[];
  /** Cursor of the next page; null at the end, undefined where pages have none. */
  nextCursor: string | null | undefined;
  hasMore: boolean;
  /** Counts all that match; only called where the answer says it. */
  total(): number;
}

/** Body and headers of a list as its binding's envelope has them. */
export function envelop(page: FoundPage): Pick<Outcome, "body" | "headers"> {
  const { envelope, headers: wanted } = page.binding;
  const headers: Record<string, string> = {};
  for (const [name, fact] of Object.entries(wanted)) {
    const value = fact === "links" ? linksOf(page) : factOf(page, fact);
    if (value !== null && value !== undefined && value !== "") headers[name.toLowerCase()] = String(value);
  }
  if (envelope.items === null) return { body: page.items, headers };
  const body: Record<string, unknown> = {};
  setAt(body, envelope.items.split("."), page.items);
  if (envelope.nextCursor !== undefined && page.nextCursor !== undefined)
    setAt(body, envelope.nextCursor.split("."), page.nextCursor);
  for (const path in envelope.fields)
    setAt(body, path.split("."), factOf(page, envelope.fields[path]!) ?? null);
  return { body, headers };
}

function factOf(page: FoundPage, fact: ListFact): string | number | boolean | null | undefined {
  const { wanted } = page;
  switch (fact) {
    case "nextCursor":
      return page.nextCursor;
    case "total":
      return page.total();
    case "count":
      return page.items.length;
    case "limit":
      return wanted.limit;
    case "offset":
      return wanted.skip;
    case "page":
      return wanted.number;
    case "pages":
      return Math.ceil(page.total() / wanted.limit);
    case "hasMore":
      return page.hasMore;
    case "selfUrl":
      return `${page.exchange.origin}${page.exchange.target}`;
    default:
      return linkTo(page, RELATION[fact]);
  }
}

type Relation = "first" | "prev" | "next" | "last";
const RELATION = { firstUrl: "first", previousUrl: "prev", nextUrl: "next", lastUrl: "last" } as const;

/** Links as RFC 8288 writes them, only to pages there are. */
function linksOf(page: FoundPage): string {
  return (["first", "prev", "next", "last"] as const)
    .map((relation) => ({ relation, url: linkTo(page, relation) }))
    .filter(({ url }) => url !== null)
    .map(({ relation, url }) => `<${url}>; rel="${relation}"`)
    .join(", ");
}

function linkTo(page: FoundPage, relation: Relation): string | null {
  const { exchange, binding, wanted } = page;
  if (!binding.page) return null;
  const place = placeOf(page, relation);
  if (place === null) return null;
  const [path = "", query = ""] = exchange.target.split("?", 2);
  const parameters = new URLSearchParams(query);
  const { style } = binding.page;
  const name =
    style === "cursor" ? binding.page.cursor : style === "offset" ? binding.page.offset : binding.page.page;
  if (place === "") parameters.delete(name);
  else parameters.set(name, place);
  if (binding.page.limit !== undefined && parameters.has(binding.page.limit))
    parameters.set(binding.page.limit, String(wanted.limit));
  const text = parameters.toString();
  return `${exchange.origin}${path}${text === "" ? "" : `?${text}`}`;
}

/** Value of the paging parameter; empty for none; null when there is no such page. */
function placeOf(page: FoundPage, relation: Relation): string | null {
  const { wanted, binding, hasMore } = page;
  const style = binding.page!.style;
  if (style === "cursor") {
    if (relation === "next") return page.nextCursor ?? null;
    return relation === "first" ? "" : null;
  }
  const { limit } = wanted;
  const first = binding.page!.style === "page" ? binding.page!.first : 0;
  const skip = {
    first: () => 0,
    prev: () => (wanted.skip > 0 ? Math.max(0, wanted.skip - limit) : null),
    next: () => (hasMore ? wanted.skip + limit : null),
    last: () => Math.max(0, Math.ceil(page.total() / limit) - 1) * limit,
  }[relation]();
  if (skip === null) return null;
  return String(style === "page" ? first + Math.floor(skip / limit) : skip);
}
