import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  type CreateDatasetRequest,
  type CreateImportRequest,
  DatasetDetail,
  DatasetImportView,
  DatasetList,
  DatasetVersionView,
  type ImportChoices,
  type RowFilter,
  RowPage,
  type UpdateDatasetRequest,
} from "../../../shared/contracts/dataset-studio.ts";
import { request } from "../../api-client/request.ts";

const DATASETS = "/api/admin/datasets";

export const datasetsQuery = (archived: boolean) =>
  queryOptions({
    queryKey: ["admin", "datasets", { archived }],
    queryFn: ({ signal }) =>
      request(DatasetList, `${DATASETS}${archived ? "?archived=true" : ""}`, { signal }),
  });

export const datasetQuery = (datasetId: string) =>
  queryOptions({
    queryKey: ["admin", "dataset", datasetId],
    queryFn: ({ signal }) => request(DatasetDetail, `${DATASETS}/${datasetId}`, { signal }),
  });

export const importPath = (importId: string) => `/api/admin/dataset-imports/${importId}`;

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ["admin", "dataset-import", importId],
    queryFn: ({ signal }) => request(DatasetImportView, importPath(importId), { signal }),
  });

/** A version never changes; only who uses it does. */
export const versionQuery = (versionId: string) =>
  queryOptions({
    queryKey: ["admin", "dataset-version", versionId],
    queryFn: ({ signal }) =>
      request(DatasetVersionView, `/api/admin/dataset-versions/${versionId}`, { signal }),
    staleTime: 60_000,
  });

/** What rows to show, as the grid asks for them. */
export interface RowQuestion {
  page: number;
  pageSize: number;
  /** A column, with `-` in front for descending. */
  sort: string | null;
  filters: readonly RowFilter[];
}

/** @param source path of the version or import whose table it is. */
export const rowsQuery = (source: string, table: string, question: RowQuestion) =>
  queryOptions({
    queryKey: ["admin", "dataset-rows", source, table, question],
    queryFn: ({ signal }) =>
      request(RowPage, `${source}/tables/${encodeURIComponent(table)}/rows?${rowSearch(question)}`, {
        signal,
      }),
    staleTime: 60_000,
  });

function rowSearch({ page, pageSize, sort, filters }: RowQuestion): URLSearchParams {
  const search = new URLSearchParams({ page: String(page), pageSize: String(pageSize) });
  if (sort !== null) search.set("sort", sort);
  if (filters.length > 0) search.set("filter", JSON.stringify(filters));
  return search;
}

export const createDataset = (body: z.input<typeof CreateDatasetRequest>) =>
  request(DatasetDetail, DATASETS, { method: "POST", body });

export const updateDataset = (datasetId: string, body: z.input<typeof UpdateDatasetRequest>) =>
  request(DatasetDetail, `${DATASETS}/${datasetId}`, { method: "PATCH", body });

export const createImport = (datasetId: string, body: z.input<typeof CreateImportRequest>) =>
  request(DatasetImportView, `${DATASETS}/${datasetId}/imports`, { method: "POST", body });

export const cancelImport = (importId: string) =>
  request(DatasetImportView, `${importPath(importId)}/cancel`, { method: "POST", body: {} });

export const publishImport = (importId: string, revision: number) =>
  request(DatasetImportView, `${importPath(importId)}/publish`, { method: "POST", body: { revision } });

export const saveChoices = (
  importId: string,
  revision: number,
  choices: z.input<typeof ImportChoices>,
  keepalive: boolean,
) =>
  request(DatasetImportView, `${importPath(importId)}/choices`, {
    method: "PUT",
    body: { revision, choices },
    keepalive,
  });
