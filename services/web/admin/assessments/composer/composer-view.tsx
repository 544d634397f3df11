import { useEffect, useRef, useState } from "react";
import type { AssessmentDetail, ComposerOptions } from "../../../../shared/contracts/composer.ts";
import { DraftTrouble } from "../../../drafts/draft-trouble.tsx";
import { useDocumentTitle } from "../../../ui/document-title.ts";
import { useLeaveWarning } from "../../../ui/save-mark.tsx";
import { CheckSection } from "../check/check-section.tsx";
import { RubricSection } from "../rubric/rubric-section.tsx";
import { nameOfPath, wordsOfValue } from "../versions/path-words.ts";
import { VersionsSection } from "../versions/versions-section.tsx";
import { ComposerHeader } from "./composer-header.tsx";
import { findGaps, gapFinder } from "./gaps.ts";
import { MaterialsSection } from "./materials-section.tsx";
import { ModelsSection } from "./models/models-section.tsx";
import { PackagesSection } from "./packages-section.tsx";
import { RulesSection } from "./rules-section.tsx";
import { SectionList } from "./section-list.tsx";
import type { SectionProps } from "./section-props.ts";
import { SECTIONS, type SectionId } from "./sections.ts";
import { showPlace } from "./show-place.ts";
import { TaskSection } from "./task-section.tsx";
import type { Composer } from "./use-composer.ts";
import { WorkspaceSection } from "./workspace-section.tsx";

export interface ComposerViewProps {
  composer: Composer;
  detail: AssessmentDetail;
  options: ComposerOptions | null;
  section: SectionId;
  /** Path into the draft to bring into sight. */
  at: string | null;
  onGoTo: (section: SectionId, at?: string) => void;
}

export function ComposerView({ composer, detail, options, section, at, onGoTo }: ComposerViewProps) {
  const { draft, view } = composer;
  const { content } = draft;
  useDocumentTitle(content.title || "Untitled assessment");
  // The draft itself is kept in this browser; what is asked before leaving is a choice still to be made.
  useLeaveWarning(
    draft.state.phase === "conflict",
    "Choose first which changes to keep. Leave all the same?",
  );
  const gaps = findGaps(content, options?.images.map(({ name }) => name) ?? null);
  const showsMissing = useShowsMissing(section, view.check.state !== "none");
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (at && body.current) showPlace(body.current, at);
  }, [at]);
  const sectionProps: SectionProps = {
    assessmentId: detail.id,
    content,
    edit: draft.edit,
    gapAt: gapFinder(gaps, showsMissing),
    view,
    options,
  };
  return (
    <>
      <ComposerHeader composer={composer} detail={detail} section={section} onGoTo={onGoTo} />
      <div className="mt-5 empty:hidden">
        <DraftTrouble
          draft={draft}
          nameOf={(path) => nameOfPath(path, content, view.content)}
          wordsOf={wordsOfValue}
        />
      </div>
      <div className="mt-7 grid gap-x-10 gap-y-6 lg:grid-cols-[13.5rem_minmax(0,1fr)]">
        <SectionList
          current={section}
          gaps={gaps}
          check={view.check}
          versions={detail.versions.length}
          onGoTo={onGoTo}
        />
        <div ref={body} className="min-w-0">
          <h2
            className="text-[1.4rem] leading-tight font-[640] tracking-[-0.02em]"
            data-testid={`section-${section}`}
          >
            {SECTIONS[section].title}
          </h2>
          <p className="mt-1.5 mb-6 max-w-2xl text-ink-soft">{SECTIONS[section].lead}</p>
          {section === "publish" ? (
            <CheckSection composer={composer} detail={detail} gaps={gaps} onGoTo={onGoTo} />
          ) : section === "versions" ? (
            <VersionsSection detail={detail} onGoTo={onGoTo} />
          ) : (
            <FilledSectionBody section={section} {...sectionProps} />
          )}
        </div>
      </div>
    </>
  );
}

function FilledSectionBody({ section, ...props }: SectionProps & { section: SectionId }) {
  switch (section) {
    case "materials":
      return <MaterialsSection {...props} />;
    case "models":
      return <ModelsSection {...props} />;
    case "packages":
      return <PackagesSection {...props} />;
    case "workspace":
      return <WorkspaceSection {...props} />;
    case "rules":
      return <RulesSection {...props} />;
    case "rubric":
      return <RubricSection {...props} />;
    default:
      return <TaskSection {...props} />;
  }
}

/** A new draft is not scolded for being empty: gaps are named once somebody has asked what is missing. */
function useShowsMissing(section: SectionId, wasChecked: boolean): boolean {
  const [wasAsked, setAsked] = useState(false);
  useEffect(() => {
    if (section === "publish") setAsked(true);
  }, [section]);
  return wasAsked || wasChecked;
}
