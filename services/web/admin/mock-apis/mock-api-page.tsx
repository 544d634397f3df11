import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { StaffMe } from "../../../shared/contracts/admin.ts";
import type { MockApiDetail, MockApiDraftView } from "../../../shared/contracts/mock-api-studio.ts";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { ArchivedView } from "./archived-view.tsx";
import { MockApiView } from "./mock-api-view.tsx";
import { draftQuery, mockApiQuery } from "./mock-apis-api.ts";
import { PageLoading, PageProblem } from "./page-states.tsx";
import type { TabId } from "./tab-ids.ts";
import { useMockApiDraft } from "./use-mock-api-draft.ts";

export function MockApiPage() {
  const { mockApiId } = useParams({ from: "/admin/mock-apis/$mockApiId" });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Loaded key={mockApiId} me={me} mockApiId={mockApiId} />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Loaded({ me, mockApiId }: { me: StaffMe; mockApiId: string }) {
  const detail = useQuery(mockApiQuery(mockApiId));
  // The page keeps its own copy from then on: a second answer must not undo what is edited.
  const draft = useQuery({ ...draftQuery(mockApiId), staleTime: Number.POSITIVE_INFINITY });
  const error = detail.error ?? draft.error;
  if (isSignedOut(error)) return <ToSignIn reason="expired" />;
  if (detail.data?.archivedAt) return <ArchivedView detail={detail.data} />;
  if (detail.data && draft.data) return <Editing me={me} detail={detail.data} initial={draft.data} />;
  if (error)
    return (
      <PageProblem
        error={error}
        onRetry={() => void Promise.all([detail.refetch(), draft.refetch()])}
        isRetrying={detail.isFetching || draft.isFetching}
      />
    );
  return <PageLoading label="Loading the mock API" />;
}

interface EditingProps {
  me: StaffMe;
  detail: MockApiDetail;
  initial: MockApiDraftView;
}

function Editing({ me, detail, initial }: EditingProps) {
  const { tab = "document" } = useSearch({ from: "/admin/mock-apis/$mockApiId" });
  const navigate = useNavigate();
  const editor = useMockApiDraft(me.id, initial);
  const goTo = (next: TabId) =>
    void navigate({
      to: "/admin/mock-apis/$mockApiId",
      params: { mockApiId: detail.id },
      search: next === "document" ? {} : { tab: next },
      resetScroll: false,
    });
  return <MockApiView detail={detail} editor={editor} tab={tab} onGoTo={goTo} />;
}
