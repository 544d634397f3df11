import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api-client/client.ts";

export const detailsQuery = (invitationId: string) =>
  queryOptions({
    queryKey: ["admin", "invitation", invitationId],
    queryFn: ({ signal }) => api.readInvitation(invitationId, { signal }),
  });

export const requestsQuery = (state: "open" | "answered") =>
  queryOptions({
    queryKey: ["admin", "requests", state],
    queryFn: ({ signal }) => api.listRequests({ state }, { signal }),
  });

export const emailQuery = queryOptions({
  queryKey: ["admin", "email"],
  queryFn: ({ signal }) => api.readEmailSettings({ signal }),
});
