import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api-client/client.ts";

export const tokensQuery = queryOptions({
  queryKey: ["admin", "tokens"],
  queryFn: ({ signal }) => api.listApiTokens({ signal }),
});

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
    queryFn: ({ signal, pageParam }) =>
      api.listAuditEvents(
        { ...filterParameters(filter), ...(pageParam === null ? {} : { before: pageParam }) },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.nextBefore,
  });

export const auditFacetsQuery = queryOptions({
  queryKey: ["admin", "audit-facets"],
  queryFn: ({ signal }) => api.readAuditFacets({ signal }),
});

/** A download is a link, not a call. */
export function auditExportAddress(filter: AuditFilter, format: "csv" | "jsonl"): string {
  const { $from, ...others } = filterParameters(filter);
  return `/api/admin/audit/export?${new URLSearchParams({ ...others, ...($from ? { from: $from } : {}), format })}`;
}

/** As the operation names them: `$from` is the parameter `from`. */
function filterParameters({ actor, action, search, from, to }: AuditFilter) {
  return withoutEmpty({
    actor,
    action,
    search: search.trim(),
    $from: startOfDay(from, 0),
    to: startOfDay(to, 1),
  });
}

function withoutEmpty<Values extends Record<string, string>>(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")) as Partial<Values>;
}

/** The instant at which a day begins for the reader, `later` days after it; empty for none. */
export function startOfDay(day: string, later: number): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return "";
  return new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + later).toISOString();
}
