import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import type { LibraryPart } from "../library-list.tsx";
import { createMockApi, mockApisQuery } from "./mock-apis-api.ts";
import { MockApisView } from "./mock-apis-view.tsx";
import { TitleDialog } from "./title-dialog.tsx";

export function MockApisPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <MockApis />
        </AppShell>
      )}
    </StaffGate>
  );
}

function MockApis() {
  const [shows, setShows] = useState<LibraryPart>("current");
  const [isAdding, setAdding] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const list = useQuery(mockApisQuery);
  const creating = useMutation({
    mutationFn: (title: string) => createMockApi({ title }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: mockApisQuery.queryKey });
      void navigate({ to: "/admin/mock-apis/$mockApiId", params: { mockApiId: id } });
    },
  });
  if (isSignedOut(list.error)) return <ToSignIn reason="expired" />;
  return (
    <>
      <MockApisView
        items={list.data?.items ?? null}
        shows={shows}
        onShow={setShows}
        error={list.error}
        isRetrying={list.isFetching}
        onRetry={() => void list.refetch()}
        onAdd={() => setAdding(true)}
      />
      {isAdding ? (
        <TitleDialog
          heading="New mock API"
          confirmLabel="Create"
          initial=""
          isBusy={creating.isPending}
          failure={creating.error}
          onSave={(title) => creating.mutate(title)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
