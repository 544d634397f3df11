import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { StaffGate, ToSignIn } from "../../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../../ui/app-shell.tsx";
import { useSettled } from "../../use-settled.ts";
import { assessmentListQuery } from "../assessments-api.ts";
import { AssessmentsView } from "./assessments-view.tsx";

export function AssessmentsPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Assessments />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Assessments() {
  const { state = null } = useSearch({ from: "/admin/assessments" });
  const navigate = useNavigate();
  const [search, setSearch] = useState("");
  const list = useQuery(assessmentListQuery({ state, search: useSettled(search.trim(), 250) }));
  if (isSignedOut(list.error)) return <ToSignIn reason="expired" />;
  return (
    <AssessmentsView
      list={list.data ?? null}
      isNarrowing={list.isPlaceholderData}
      state={state}
      onState={(next) =>
        void navigate({ to: "/admin/assessments", search: next ? { state: next } : {}, replace: true })
      }
      search={search}
      onSearch={setSearch}
      error={list.error}
      isRetrying={list.isFetching}
      onRetry={() => void list.refetch()}
    />
  );
}
