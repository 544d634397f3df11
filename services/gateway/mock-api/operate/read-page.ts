import type { ListOperation } from "../../../shared/contracts/mock-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem } from "../api-problem.ts";
import { openCursor, type Place } from "../state/cursor.ts";
import type { Exchange } from "./exchange.ts";
import { queryValue } from "./find-record.ts";

const WITHOUT_PAGES = 1000;
/** Skipping reads what it skips, so it has an end. */
const MAX_SKIP = 1_000_000;

/** Which part of a list is asked for. */
export interface WantedPage {
  limit: number;
  skip: number;
  after: Place | null;
  /** As the API counts them; 0 without numbered pages. */
  number: number;
}

/** @throws ApiProblem 422 */
export function readPage(exchange: Exchange, { page }: ListOperation, fingerprint: string): WantedPage {
  if (!page) return { limit: WITHOUT_PAGES, skip: 0, after: null, number: 0 };
  const limit = readLimit(exchange, page);
  switch (page.style) {
    case "cursor":
      return { limit, skip: 0, after: readCursor(exchange, page.cursor, fingerprint), number: 0 };
    case "offset": {
      const skip = readCount(exchange, page.offset, 0, 0);
      return { limit, skip: boundedSkip(page.offset, skip), after: null, number: 0 };
    }
    case "page": {
      const number = readCount(exchange, page.page, page.first, page.first);
      return { limit, skip: boundedSkip(page.page, (number - page.first) * limit), after: null, number };
    }
  }
}

function readLimit(exchange: Exchange, page: NonNullable<ListOperation["page"]>): number {
  if (page.limit === undefined) return page.defaultLimit;
  const limit = Number(queryValue(exchange.parameters.query, page.limit) ?? page.defaultLimit);
  if (limit >= 1 && limit <= page.maxLimit && Number.isInteger(limit)) return limit;
  throw refused(page.limit, `must be between 1 and ${page.maxLimit}`);
}

function readCount(exchange: Exchange, parameter: string, fallback: number, least: number): number {
  const count = Number(queryValue(exchange.parameters.query, parameter) ?? fallback);
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw refused(parameter, `must be a whole number, at least ${least}`);
}

function boundedSkip(parameter: string, skip: number): number {
  if (skip <= MAX_SKIP) return skip;
  throw refused(parameter, `lies more than ${MAX_SKIP} records into the list; filter instead`);
}

function readCursor(exchange: Exchange, parameter: string, fingerprint: string): Place | null {
  const text = queryValue(exchange.parameters.query, parameter);
  if (text === undefined) return null;
  const place = openCursor(exchange.sealer, fingerprint, String(text));
  if (typeof place === "object") return place;
  throw refused(
    parameter,
    place === "other"
      ? "belongs to a list with other filters or another order; send the same ones with it"
      : "is not a cursor of this API",
  );
}

function refused(parameter: string, message: string): ApiProblem {
  return ApiProblem.invalid([{ in: "query", pointer: pointerTo("", parameter), message }]);
}
