import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api-client/client.ts";

/** A dataset or a mock API of which something is published. */
export interface Material {
  id: string;
  title: string;
  /** Names it in addresses; what a new pin is called at first. */
  slug: string;
  latestVersionId: string;
  latestNumber: number;
  /** Beside the title. */
  note: string;
}
export interface MaterialVersion {
  id: string;
  number: number;
  createdAt: string;
}
export type MaterialKind = "dataset" | "mock_api";

/** What can be pinned; archived ones and those without a version are left out. */
export const materialsQuery = (kind: MaterialKind) =>
  queryOptions({
    queryKey: ["admin", "materials", kind],
    queryFn: ({ signal }) => (kind === "dataset" ? listDatasets(signal) : listMockApis(signal)),
  });

async function listDatasets(signal: AbortSignal): Promise<Material[]> {
  const { items } = await api.listDatasets({}, { signal });
  return items.flatMap(({ id, title, slug, latestVersion, archivedAt }) =>
    latestVersion && !archivedAt
      ? [
          {
            id,
            title,
            slug,
            latestVersionId: latestVersion.id,
            latestNumber: latestVersion.number,
            note: `${latestVersion.tables} ${latestVersion.tables === 1 ? "table" : "tables"}, ${latestVersion.rows.toLocaleString("en-GB")} rows`,
          },
        ]
      : [],
  );
}

async function listMockApis(signal: AbortSignal): Promise<Material[]> {
  const { items } = await api.listMockApis({ signal });
  return items.flatMap(({ id, title, slug, latestVersion, archivedAt }) =>
    latestVersion && !archivedAt
      ? [
          {
            id,
            title,
            slug,
            latestVersionId: latestVersion.id,
            latestNumber: latestVersion.number,
            note: slug,
          },
        ]
      : [],
  );
}

/** Newest first. */
export const materialVersionsQuery = (kind: MaterialKind, id: string) =>
  queryOptions({
    queryKey: ["admin", "materials", kind, id, "versions"],
    queryFn: async ({ signal }): Promise<MaterialVersion[]> => {
      const read = kind === "dataset" ? api.getDataset : api.readMockApi;
      return (await read(id, { signal })).versions;
    },
    staleTime: 30_000,
  });

export const materialPage = (kind: MaterialKind, id: string) =>
  kind === "dataset" ? `/admin/datasets/${id}` : `/admin/mock-apis/${id}`;
