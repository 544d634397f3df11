import { queryOptions } from "@tanstack/react-query";
import {
  api,
  type CreateModelRequestInput,
  type CreateUpstreamRequestInput,
  type UpdateModelRequestInput,
  type UpdateUpstreamRequestInput,
} from "../../api-client/client.ts";

/** With their models; archived ones, too. */
export const upstreamsQuery = queryOptions({
  queryKey: ["admin", "model-upstreams"],
  queryFn: ({ signal }) => api.listUpstreams({ signal }),
});

export const createUpstream = (body: CreateUpstreamRequestInput) => api.createUpstream(body);

export const updateUpstream = (upstreamId: string, body: UpdateUpstreamRequestInput) =>
  api.updateUpstream(upstreamId, body);

export const testUpstream = (upstreamId: string, model?: string) =>
  api.testUpstream(upstreamId, model === undefined ? {} : { model });

export const createModel = (upstreamId: string, body: CreateModelRequestInput) =>
  api.createModel(upstreamId, body);

export const updateModel = (upstreamId: string, modelId: string, body: UpdateModelRequestInput) =>
  api.updateModel(upstreamId, modelId, body);
