import { Ellipsis } from "lucide-react";
import { useState } from "react";
import type { AssessmentDetail } from "../../../../shared/contracts/composer.ts";
import { Breadcrumbs } from "../../../ui/breadcrumbs.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { SaveMark } from "../../../ui/save-mark.tsx";
import { ArchiveDialog } from "../list/archive-dialog.tsx";
import { actionsFor } from "../list/assessment-rows.tsx";
import { CloneDialog } from "../list/clone-dialog.tsx";
import { StateBadges } from "../list/state-badges.tsx";
import type { SectionId } from "./sections.ts";
import type { Composer } from "./use-composer.ts";

export interface ComposerHeaderProps {
  composer: Composer;
  detail: AssessmentDetail;
  section: SectionId;
  onGoTo: (section: SectionId) => void;
}

/** Whose draft this is, where its saving stands, and what can be done with the whole. */
export function ComposerHeader({ composer, detail, section, onGoTo }: ComposerHeaderProps) {
  const [dialog, setDialog] = useState<"clone" | "archive" | null>(null);
  const { draft, view } = composer;
  const title = draft.content.title || "Untitled";
  const latest = detail.versions[0] ?? null;
  const close = () => setDialog(null);
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="min-w-0 max-w-3xl">
        <div className="mb-2 text-[0.933rem] font-medium text-accent">
          <Breadcrumbs items={[{ label: "Assessments", href: "/admin/assessments" }]} />
        </div>
        <h1 className="text-[1.6rem] leading-[1.15] font-[640] tracking-[-0.02em] [overflow-wrap:anywhere] sm:text-[1.9rem]">
          {title}
        </h1>
        <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
          <StateBadges
            state={detail.state}
            version={latest?.number ?? null}
            changed={view.changed || draft.state.phase !== "saved"}
          />
          <SaveMark phase={draft.state.phase} />
        </div>
      </div>
      <div className="flex items-center gap-2">
        {section === "publish" ? null : (
          <Button variant="primary" onPress={() => onGoTo("publish")} data-testid="check-and-publish">
            Check & publish
          </Button>
        )}
        <Menu
          label="Actions for this assessment"
          items={actionsFor({ id: detail.id, state: detail.state, latestVersion: latest })}
          onAction={(id) => (id === "clone" || id === "archive" ? setDialog(id) : undefined)}
          trigger={
            <IconButton
              label="Actions for this assessment"
              variant="secondary"
              data-testid="assessment-actions"
            >
              <Ellipsis aria-hidden size={18} />
            </IconButton>
          }
        />
      </div>
      {dialog === "clone" ? <CloneDialog assessmentId={detail.id} title={title} onClose={close} /> : null}
      {dialog === "archive" ? <ArchiveDialog assessmentId={detail.id} title={title} onClose={close} /> : null}
    </header>
  );
}
