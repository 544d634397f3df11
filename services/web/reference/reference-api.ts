import { queryOptions } from "@tanstack/react-query";
import { api } from "../api-client/client.ts";

export const apiDocumentQuery = queryOptions({
  queryKey: ["api-document"],
  queryFn: ({ signal }) => api.readApiDocument({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
