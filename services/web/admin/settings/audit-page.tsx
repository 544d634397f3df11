import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { api } from "../../api-client/client.ts";
import { ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { AuditView } from "./audit-view.tsx";
import { auditFacetsQuery, auditQuery, NO_FILTER } from "./settings-api.ts";
import { SettingsFrame } from "./settings-frame.tsx";

export function AuditPage() {
  return <SettingsFrame>{() => <AuditLog />}</SettingsFrame>;
}

function AuditLog() {
  const [filter, setFilter] = useState(NO_FILTER);
  const log = useInfiniteQuery({
    ...auditQuery(useDeferredValue(filter)),
    placeholderData: (before) => before,
  });
  const facets = useQuery(auditFacetsQuery);
  const checking = useMutation({ mutationFn: () => api.checkAuditLog() });
  if (isSignedOut(log.error)) return <ToSignIn reason="expired" />;
  return (
    <AuditView
      filter={filter}
      onFilter={setFilter}
      facets={facets.data ?? null}
      events={log.data?.pages.flatMap(({ items }) => items) ?? null}
      error={log.error}
      isLoading={log.isFetching}
      onRetry={() => void log.refetch()}
      onMore={log.hasNextPage ? () => void log.fetchNextPage() : null}
      check={{
        result: checking.data ?? null,
        error: checking.error,
        isRunning: checking.isPending,
        onCheck: () => checking.mutate(),
      }}
    />
  );
}
