import { useQuery } from "@tanstack/react-query";
import { Copy, Download, Ellipsis, Eye, History, UserPlus } from "lucide-react";
import { useState } from "react";
import type { AssessmentDetail, AssessmentVersionSummary } from "../../../../shared/contracts/composer.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button, IconButton, LinkButton, TextLink } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../../ui/states.tsx";
import { durationWords, formatInstant, plural } from "../../../ui/time-words.ts";
import { InviteDialog } from "../../invite-dialog.tsx";
import { exportAddress, versionQuery } from "../assessments-api.ts";
import type { SectionId } from "../composer/sections.ts";
import { CloneDialog } from "../list/clone-dialog.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { differencesOf } from "./differences.ts";

import { pinNames } from "./pin-words.ts";

export interface VersionsSectionProps {
  detail: AssessmentDetail;
  onGoTo: (section: SectionId) => void;
}

export function VersionsSection({ detail, onGoTo }: VersionsSectionProps) {
  const { versions } = detail;
  if (versions.length === 0) {
    return (
      <Card data-testid="versions-empty">
        <EmptyState
          icon={<History aria-hidden size={28} strokeWidth={1.5} />}
          title="Nothing is published yet"
          actions={<Button onPress={() => onGoTo("publish")}>Check & publish</Button>}
        >
          Each published version stays here as it was, with what changed and who was invited to it.
        </EmptyState>
      </Card>
    );
  }
  return (
    <ol className="flex flex-col gap-4">
      {versions.map((version, index) => (
        <li key={version.id}>
          <VersionCard
            detail={detail}
            version={version}
            previous={versions[index + 1] ?? null}
            isLatest={index === 0}
          />
        </li>
      ))}
    </ol>
  );
}

interface VersionCardProps {
  detail: AssessmentDetail;
  version: AssessmentVersionSummary;
  previous: AssessmentVersionSummary | null;
  isLatest: boolean;
}

function VersionCard({ detail, version, previous, isLatest }: VersionCardProps) {
  const [isInviting, setInviting] = useState(false);
  return (
    <Card data-testid={`version-${version.number}`}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-[1_1_18rem]">
          <p className="flex flex-wrap items-center gap-2">
            <TextLink
              href={`/admin/assessments/${detail.id}/versions/${version.id}`}
              className="text-[1.067rem] font-[620]"
            >
              Version {version.number}
            </TextLink>
            {isLatest ? <Badge tone="good">Latest</Badge> : null}
          </p>
          <p className="mt-0.5 text-[0.9rem] text-ink-soft">
            {formatInstant(version.publishedAt)}
            {version.publishedBy ? ` by ${version.publishedBy}` : ""} · {durationWords(version.limitSec)} ·{" "}
            {version.invitationCount} invited · {version.submissionCount}{" "}
            {plural(version.submissionCount, "submission")}
          </p>
          {version.changeNote ? (
            <p className="mt-2 max-w-prose whitespace-pre-line [overflow-wrap:anywhere]">
              {version.changeNote}
            </p>
          ) : null}
        </div>
        <VersionActions detail={detail} version={version} onInvite={() => setInviting(true)} />
      </div>
      {version.hasModels ? (
        <p className="mt-2 text-[0.9rem]">
          <TextLink href={`/admin/assessments/${detail.id}/versions/${version.id}/models`}>
            How the models treated each candidate
          </TextLink>
        </p>
      ) : null}
      {previous ? <Changes assessmentId={detail.id} version={version} previous={previous} /> : null}
      {isInviting ? (
        <InviteDialog assessmentVersionId={version.id} onClose={() => setInviting(false)} />
      ) : null}
    </Card>
  );
}

function VersionActions({
  detail,
  version,
  onInvite,
}: Pick<VersionCardProps, "detail" | "version"> & { onInvite: () => void }) {
  const [isCloning, setCloning] = useState(false);
  return (
    <div className="flex items-center gap-2">
      <LinkButton size="small" href={`/admin/assessments/${detail.id}/versions/${version.id}`}>
        <Eye aria-hidden size={15} />
        Read
      </LinkButton>
      <Button size="small" onPress={onInvite} data-testid={`invite-${version.number}`}>
        <UserPlus aria-hidden size={15} />
        Invite
      </Button>
      <Menu
        label={`Actions for version ${version.number}`}
        items={[
          {
            id: "export",
            label: "Export as one file",
            icon: <Download aria-hidden size={15} />,
            href: exportAddress(detail.id, version.id),
            download: true,
          },
          { id: "clone", label: "Clone as a new assessment…", icon: <Copy aria-hidden size={15} /> },
        ]}
        onAction={(id) => setCloning(id === "clone")}
        trigger={
          <IconButton label={`Actions for version ${version.number}`} size="small">
            <Ellipsis aria-hidden size={17} />
          </IconButton>
        }
      />
      {isCloning ? (
        <CloneDialog
          assessmentId={detail.id}
          title={version.title}
          version={version}
          onClose={() => setCloning(false)}
        />
      ) : null}
    </div>
  );
}

interface ChangesProps {
  assessmentId: string;
  version: AssessmentVersionSummary;
  previous: AssessmentVersionSummary;
}

/** Read only when asked for: two whole versions have to be fetched for it. */
function Changes({ assessmentId, version, previous }: ChangesProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mt-3 border-t border-line pt-3">
      <Button
        size="small"
        variant="quiet"
        className="-ml-3"
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
        data-testid={`changes-${version.number}`}
      >
        {isOpen ? "Hide" : "Show"} what changed since version {previous.number}
      </Button>
      {isOpen ? <ChangesBetween assessmentId={assessmentId} version={version} previous={previous} /> : null}
    </div>
  );
}

function ChangesBetween({ assessmentId, version, previous }: ChangesProps) {
  const after = useQuery(versionQuery(assessmentId, version.id));
  const before = useQuery(versionQuery(assessmentId, previous.id));
  const failed = [after, before].find(({ error }) => error);
  if (failed)
    return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} className="mt-2" />;
  if (!after.data || !before.data) return <SkeletonText lines={3} label="Comparing" />;
  const found = differencesOf(before.data.content, after.data.content, pinNames(before.data, after.data));
  return (
    <div className="mt-2">
      {found.length > 0 ? (
        <DifferenceList items={found} />
      ) : (
        <p className="text-ink-soft">Nothing that is shown.</p>
      )}
    </div>
  );
}
