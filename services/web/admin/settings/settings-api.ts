import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  ApiTokenItem,
  ApiTokenList,
  type CreateApiTokenRequest,
  CreateApiTokenResponse,
} from "../../../shared/contracts/api-token.ts";
import { AuditCheck, AuditFacets, AuditPage } from "../../../shared/contracts/audit.ts";
import { request } from "../../api-client/request.ts";

export const tokensQuery = queryOptions({
  queryKey: ["admin", "tokens"],
  queryFn: ({ signal }) => request(ApiTokenList, "/api/admin/tokens", { signal }),
});

export const createToken = (body: z.input<typeof CreateApiTokenRequest>) =>
  request(CreateApiTokenResponse, "/api/admin/tokens", { method: "POST", body });

export const revokeToken = (tokenId: string) =>
  request(ApiTokenItem, `/api/admin/tokens/${tokenId}/revoke`, { method: "POST", body: {} });

/** Only what is set narrows the log. */
export interface AuditFilter {
  actor: string;
  action: string;
  search: string;
  /** Whole days in the reader's time zone, `yyyy-mm-dd`. */
  from: string;
  to: string;
}

export const NO_FILTER: AuditFilter = { actor: "", action: "", search: "", from: "", to: "" };

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["admin", "audit", filter],
    queryFn: ({ signal, pageParam }) => {
      const parameters = filterParameters(filter);
      if (pageParam !== null) parameters.set("before", String(pageParam));
      return request(AuditPage, `/api/admin/audit?${parameters}`, { signal });
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBefore,
  });

export const auditFacetsQuery = queryOptions({
  queryKey: ["admin", "audit-facets"],
  queryFn: ({ signal }) => request(AuditFacets, "/api/admin/audit/facets", { signal }),
});

export const checkAudit = () => request(AuditCheck, "/api/admin/audit/check");

export function auditExportAddress(filter: AuditFilter, format: "csv" | "jsonl"): string {
  const parameters = filterParameters(filter);
  parameters.set("format", format);
  return `/api/admin/audit/export?${parameters}`;
}

function filterParameters({ actor, action, search, from, to }: AuditFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string) => value !== "" && parameters.set(name, value);
  set("actor", actor);
  set("action", action);
  set("search", search.trim());
  set("from", startOfDay(from, 0));
  set("to", startOfDay(to, 1));
  return parameters;
}

/** The instant at which a day begins for the reader, `later` days after it; empty for none. */
export function startOfDay(day: string, later: number): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return "";
  return new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later).toISOString();
}
