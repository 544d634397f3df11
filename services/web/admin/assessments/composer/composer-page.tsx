import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { FileQuestion } from "lucide-react";
import type { ReactNode } from "react";
import type { StaffMe } from "../../../../shared/contracts/admin.ts";
import type { AssessmentDetail } from "../../../../shared/contracts/composer.ts";
import { ProblemError } from "../../../api-client/problem-error.ts";
import { StaffGate, ToSignIn } from "../../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../../ui/app-shell.tsx";
import { LinkButton } from "../../../ui/button.tsx";
import { EmptyState, ErrorState } from "../../../ui/states.tsx";
import { assessmentQuery, optionsQuery } from "../assessments-api.ts";
import { ArchivedView } from "../versions/archived-view.tsx";
import { ComposerLoading } from "./composer-loading.tsx";
import { ComposerView } from "./composer-view.tsx";
import type { SectionId } from "./sections.ts";
import { useComposer } from "./use-composer.ts";

export function ComposerPage() {
  const { assessmentId } = useParams({ from: "/admin/assessments/$assessmentId" });
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} wide />} width="full">
          <div className="mx-auto max-w-[84rem]">
            <Loaded key={assessmentId} me={me} assessmentId={assessmentId} />
          </div>
        </AppShell>
      )}
    </StaffGate>
  );
}

function Loaded({ me, assessmentId }: { me: StaffMe; assessmentId: string }) {
  const assessment = useQuery(assessmentQuery(assessmentId));
  if (isSignedOut(assessment.error)) return <ToSignIn reason="expired" />;
  if (assessment.data?.state === "archived") return <ArchivedView detail={assessment.data} />;
  if (assessment.data) return <Composer me={me} detail={assessment.data} />;
  if (assessment.error) {
    return (
      <LoadFailure
        error={assessment.error}
        onRetry={() => void assessment.refetch()}
        isRetrying={assessment.isFetching}
      />
    );
  }
  return <ComposerLoading />;
}

function LoadFailure(props: { error: unknown; onRetry: () => void; isRetrying: boolean }): ReactNode {
  const { code, problem } = ProblemError.from(props.error);
  if (code !== "assessment_not_found" && code !== "invalid_request") return <ErrorState {...props} />;
  return (
    <div data-testid="assessment-missing">
      <EmptyState
        icon={<FileQuestion aria-hidden size={32} strokeWidth={1.5} />}
        title={problem.title}
        actions={<LinkButton href="/admin/assessments">Go to the list</LinkButton>}
      >
        The address may be mistyped.
      </EmptyState>
    </div>
  );
}

function Composer({ me, detail }: { me: StaffMe; detail: AssessmentDetail }) {
  const search = useSearch({ from: "/admin/assessments/$assessmentId" });
  const navigate = useNavigate();
  const options = useQuery(optionsQuery);
  const composer = useComposer(me.id, detail);
  const goTo = (section: SectionId, at?: string) =>
    void navigate({
      to: "/admin/assessments/$assessmentId",
      params: { assessmentId: detail.id },
      search: { section, ...(at ? { at } : {}) },
      resetScroll: at === undefined,
    });
  return (
    <ComposerView
      composer={composer}
      detail={detail}
      options={options.data ?? null}
      section={search.section ?? "task"}
      at={search.at ?? null}
      onGoTo={goTo}
    />
  );
}
