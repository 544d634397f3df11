import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AssessmentDetail } from "../../../../shared/contracts/composer.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { versionQuery } from "../assessments-api.ts";
import type { SectionId } from "../composer/sections.ts";
import type { Composer } from "../composer/use-composer.ts";
import { DifferenceList } from "../versions/difference-list.tsx";
import { differencesOf } from "../versions/differences.ts";
import { pinNames } from "../versions/pin-words.ts";
import { PublishDialog } from "./publish-dialog.tsx";

export interface PublishCardProps {
  composer: Composer;
  detail: AssessmentDetail;
  /** The draft as it is now has passed its check. */
  isChecked: boolean;
  onGoTo: (section: SectionId) => void;
}

export function PublishCard({ composer, detail, isChecked, onGoTo }: PublishCardProps) {
  const [isAsking, setAsking] = useState(false);
  const latest = detail.versions[0] ?? null;
  const isSame = latest !== null && !composer.view.changed && composer.draft.state.phase === "saved";
  return (
    <Card
      title="Publish"
      description={
        latest
          ? `Version ${latest.number + 1} is for invitations from then on; whoever was invited before keeps theirs.`
          : "Candidates can be invited to a published version. It never changes; you publish the next one instead."
      }
      actions={
        <Button
          size="small"
          variant="primary"
          isDisabled={!isChecked || isSame}
          onPress={() => setAsking(true)}
          data-testid="publish"
        >
          Publish version {(latest?.number ?? 0) + 1}
        </Button>
      }
      data-testid="publish-card"
    >
      {isSame ? (
        <p className="text-[0.933rem] text-ink-soft">Version {latest.number} is exactly this draft.</p>
      ) : isChecked ? null : (
        <p className="text-[0.933rem] text-ink-soft">Only what has passed its check can be published.</p>
      )}
      {latest && !isSame ? (
        <SinceLatest
          composer={composer}
          assessmentId={detail.id}
          versionId={latest.id}
          number={latest.number}
        />
      ) : null}
      {isAsking ? (
        <PublishDialog
          composer={composer}
          assessmentId={detail.id}
          number={(latest?.number ?? 0) + 1}
          onClose={() => setAsking(false)}
          onPublished={() => onGoTo("versions")}
        />
      ) : null}
    </Card>
  );
}

interface SinceLatestProps {
  composer: Composer;
  assessmentId: string;
  versionId: string;
  number: number;
}

function SinceLatest({ composer, assessmentId, versionId, number }: SinceLatestProps) {
  const version = useQuery(versionQuery(assessmentId, versionId));
  if (!version.data) return null;
  const names = pinNames(version.data, composer.view);
  const found = differencesOf(version.data.content, composer.draft.content, names);
  if (found.length === 0) return null;
  return (
    <div className="mt-3">
      <p className="mb-1.5 text-[0.933rem] font-medium">Changed since version {number}</p>
      <DifferenceList items={found} />
    </div>
  );
}
