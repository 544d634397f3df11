import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { request } from "../api-client/request.ts";

export const apiDocumentQuery = queryOptions({
  queryKey: ["api-document"],
  queryFn: ({ signal }) => request(z.looseObject({ openapi: z.string() }), "/api/openapi.json", { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
