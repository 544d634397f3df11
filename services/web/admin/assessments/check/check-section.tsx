import type { AssessmentDetail, DraftView } from "../../../../shared/contracts/composer.ts";
import { Banner } from "../../../ui/banner.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import type { Gap } from "../composer/gaps.ts";
import { SECTION_IDS, SECTIONS, type SectionId } from "../composer/sections.ts";
import type { Composer } from "../composer/use-composer.ts";
import { CheckList } from "./check-list.tsx";
import { type CheckStanding, checkStanding } from "./check-standing.ts";
import { PublishCard } from "./publish-card.tsx";
import { TrialCard } from "./trial-card.tsx";
import { useCheck } from "./use-check.ts";

export interface CheckSectionProps {
  composer: Composer;
  detail: AssessmentDetail;
  gaps: readonly Gap[];
  onGoTo: (section: SectionId, at?: string) => void;
}

/** What is missing, what the check found, a try as a candidate, and publishing: in the order they are done. */
export function CheckSection({ composer, detail, gaps, onGoTo }: CheckSectionProps) {
  const { draft, view } = composer;
  const check = useCheck(composer, detail.id);
  const standing = checkStanding(view.check, draft.state.phase === "saved", check.isPending);
  return (
    <div className="flex flex-col gap-5">
      <Card
        title="Check"
        description="Starts a workspace from this draft, looks at every file, dataset and API in it, and takes it down again."
        actions={
          <Button
            size="small"
            variant={standing === "passed" ? "secondary" : "primary"}
            isPending={standing === "running"}
            onPress={() => check.mutate()}
            data-testid="run-check"
          >
            {view.check.state === "none" ? "Check now" : "Check again"}
          </Button>
        }
        data-testid="check-card"
      >
        <div className="flex flex-col gap-4">
          <Standing standing={standing} view={view} />
          {check.error ? <ErrorState error={check.error} /> : null}
          {gaps.length > 0 ? <Gaps gaps={gaps} onGoTo={onGoTo} /> : null}
          {view.check.report ? <CheckList items={view.check.report.items} onGoTo={onGoTo} /> : null}
        </div>
      </Card>
      <TrialCard composer={composer} detail={detail} isReady={gaps.length === 0} />
      <PublishCard composer={composer} detail={detail} isChecked={standing === "passed"} onGoTo={onGoTo} />
    </div>
  );
}

function Standing({ standing, view }: { standing: CheckStanding; view: DraftView }) {
  const items = view.check.report?.items ?? [];
  const count = (status: string) => items.filter((item) => item.status === status).length;
  switch (standing) {
    case "passed":
      return (
        <Banner tone="good" role="status" title="Ready to be published" data-testid="check-passed">
          {count("warning") > 0
            ? "Everything works. Read the warnings below; they do not keep you from publishing."
            : "Everything that was tried works."}
        </Banner>
      );
    case "failed":
      return (
        <Banner tone="danger" role="status" title="Not ready yet" data-testid="check-failed">
          {count("failed") === 1 ? "One thing has" : `${count("failed")} things have`} to be put right first.
        </Banner>
      );
    case "stale":
      return (
        <Banner tone="warn" title="Changed since the last check" data-testid="check-stale">
          What is below is about an earlier state of the draft. Check again before publishing.
        </Banner>
      );
    case "running":
      return (
        <Banner role="status" title="Checking…" data-testid="check-running">
          It takes about as long as opening a workspace. You may go on writing; then check again.
        </Banner>
      );
    default:
      return null;
  }
}

function Gaps({ gaps, onGoTo }: Pick<CheckSectionProps, "gaps" | "onGoTo">) {
  const groups = SECTION_IDS.map((id) => ({ id, found: gaps.filter(({ section }) => section === id) }));
  return (
    <div className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3" data-testid="gaps">
      <p className="font-[620]">Still to fill in</p>
      <ul className="mt-1.5 flex flex-wrap gap-2">
        {groups
          .filter(({ found }) => found.length > 0)
          .map(({ id, found }) => (
            <li key={id}>
              <Button size="small" onPress={() => onGoTo(id, found[0]!.path)} data-testid={`gap-${id}`}>
                {SECTIONS[id].title}: {found.length}
              </Button>
            </li>
          ))}
      </ul>
    </div>
  );
}
