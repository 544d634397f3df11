import { StaffGate, ToSignIn } from "../sign-in/staff-gate.tsx";
import { isSignedOut } from "../sign-in/staff-session.ts";
import { StaffTopBar } from "../sign-in/staff-top-bar.tsx";
import { AppShell } from "../ui/app-shell.tsx";
import { BoardView } from "./board-view.tsx";
import { useBoard } from "./use-board.ts";

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
  const live = useBoard();
  if (isSignedOut(live.error)) return <ToSignIn reason="expired" />;
  return <BoardView {...live} />;
}
