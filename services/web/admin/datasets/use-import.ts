import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { DatasetImportView } from "../../../shared/contracts/dataset-studio.ts";
import { type StreamState, useServerEvents } from "../../api-client/event-source.ts";
import { datasetQuery, importEventsUrl, importQuery } from "./datasets-api.ts";

export interface LiveImport {
  view: DatasetImportView | null;
  error: unknown;
  isFetching: boolean;
  refetch: () => void;
  stream: StreamState;
}

/** While something works on an import, the page follows; otherwise it changes only by what is done here. */
const isAtWork = (view: DatasetImportView | undefined) =>
  view !== undefined && ["waiting", "profiling", "publishing"].includes(view.state);

/** An import, kept up to date by the server while it is worked on; without the stream it is asked for now and then. */
export function useImport(importId: string): LiveImport {
  const client = useQueryClient();
  const options = importQuery(importId);
  const query = useQuery({
    ...options,
    refetchInterval: ({ state }) => (isAtWork(state.data) ? 5_000 : false),
  });
  const view = query.data;
  const stream = useServerEvents(
    isAtWork(view) ? importEventsUrl(importId) : null,
    "import",
    DatasetImportView,
    (next) => client.setQueryData(options.queryKey, next),
  );
  const datasetId = view?.dataset.id;
  const state = view?.state;
  useEffect(() => {
    // The dataset's page and the lists show states of imports and versions, too.
    if (!datasetId || !state) return;
    void client.invalidateQueries({ queryKey: datasetQuery(datasetId).queryKey });
    void client.invalidateQueries({ queryKey: ["admin", "datasets"] });
  }, [client, datasetId, state]);
  return {
    view: view ?? null,
    error: query.error,
    isFetching: query.isFetching,
    refetch: () => void query.refetch(),
    stream,
  };
}
