import { useState } from "react";
import { StaffGate, ToSignIn } from "../sign-in/staff-gate.tsx";
import { isSignedOut } from "../sign-in/staff-session.ts";
import { StaffTopBar } from "../sign-in/staff-top-bar.tsx";
import { AppShell } from "../ui/app-shell.tsx";
import { BoardView, EVERYONE } from "./board-view.tsx";
import { useBoard } from "./use-board.ts";
import { useSettled } from "./use-settled.ts";

/** The server searches: it is asked once a word stands, not at every letter. */
const TYPING_MS = 250;

export function BoardPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Board />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Board() {
  const [filters, setFilters] = useState(EVERYONE);
  const search = useSettled(filters.search, TYPING_MS);
  const live = useBoard({ ...filters, search });
  if (isSignedOut(live.error)) return <ToSignIn reason="expired" />;
  return <BoardView {...live} filters={filters} onFilters={setFilters} />;
}
