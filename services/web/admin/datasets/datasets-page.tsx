import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import type { LibraryPart } from "../library-list.tsx";
import { datasetsQuery } from "./datasets-api.ts";
import { DatasetsView } from "./datasets-view.tsx";
import { NewDatasetDialog } from "./new-dataset-dialog.tsx";

export function DatasetsPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Datasets />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Datasets() {
  const [shows, setShows] = useState<LibraryPart>("current");
  const [isAdding, setAdding] = useState(false);
  const navigate = useNavigate();
  const datasets = useQuery(datasetsQuery(shows === "archived"));
  if (isSignedOut(datasets.error)) return <ToSignIn reason="expired" />;
  return (
    <>
      <DatasetsView
        items={datasets.data?.items ?? null}
        shows={shows}
        onShow={setShows}
        error={datasets.error}
        isRetrying={datasets.isFetching}
        onRetry={() => void datasets.refetch()}
        onAdd={() => setAdding(true)}
      />
      {isAdding ? (
        <NewDatasetDialog
          onClose={() => setAdding(false)}
          onCreated={(datasetId) =>
            void navigate({ to: "/admin/datasets/$datasetId", params: { datasetId } })
          }
        />
      ) : null}
    </>
  );
}
