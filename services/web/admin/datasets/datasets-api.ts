import { queryOptions } from "@tanstack/react-query";
import type { RowFilter } from "../../../shared/contracts/dataset-studio.ts";
import { api } from "../../api-client/client.ts";

export const datasetsQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ["admin", "datasets", { archived }],
    queryFn: ({ signal }) => api.listDatasets(archived ? { archived: "true" } : {}, { signal }),
  });

export const datasetQuery = (datasetId: string) =>
  queryOptions({
    queryKey: ["admin", "dataset", datasetId],
    queryFn: ({ signal }) => api.getDataset(datasetId, { signal }),
  });

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ["admin", "dataset-import", importId],
    queryFn: ({ signal }) => api.getDatasetImport(importId, { signal }),
  });

/** Live: `import` events. */
export const importEventsUrl = (importId: string) => `/api/admin/dataset-imports/${importId}/events`;

/** A version never changes; only who uses it does. */
export const versionQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["admin", "dataset-version", versionId],
    queryFn: ({ signal }) => api.getDatasetVersion(versionId, { signal }),
    staleTime: 60_000,
  });

/** What a table belongs to: a published version, or an import as it was read. */
export interface RowSource {
  kind: "version" | "import";
  id: string;
}

/** What rows to show, as the grid asks for them. */
export interface RowQuestion {
  page: number;
  pageSize: number;
  /** A column, with `-` in front for descending. */
  sort: string | null;
  filters: readonly RowFilter[];
}

export const rowsQuery = ({ kind, id }: RowSource, table: string, question: RowQuestion) =>
  queryOptions({
    queryKey: ["admin", "dataset-rows", kind, id, table, question],
    queryFn: ({ signal }) => {
      const list = kind === "version" ? api.listDatasetRows : api.listDatasetImportRows;
      return list(id, table, parametersOf(question), { signal });
    },
    staleTime: 60_000,
  });

const parametersOf = ({ page, pageSize, sort, filters }: RowQuestion) => ({
  page,
  pageSize,
  ...(sort === null ? {} : { sort }),
  ...(filters.length === 0 ? {} : { filter: JSON.stringify(filters) }),
});
