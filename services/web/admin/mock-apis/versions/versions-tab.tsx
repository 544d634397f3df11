import { Download, ExternalLink } from "lucide-react";
import type { MockApiDetail } from "../../../../shared/contracts/mock-api-studio.ts";
import { Badge } from "../../../ui/badge.tsx";
import { LinkButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Digest } from "../../../ui/digest.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { formatInstant, plural } from "../../../ui/time-words.ts";

type Version = MockApiDetail["versions"][number];

/** What was published, newest first. None of it ever changes. */
export function VersionsTab({ detail }: { detail: MockApiDetail }) {
  if (detail.versions.length === 0)
    return (
      <Card>
        <EmptyState title="Nothing is published yet">
          A version is what assessments use. Publish the draft when its check has passed; you can publish as
          often as you like.
        </EmptyState>
      </Card>
    );
  return (
    <Card padding="none" title="Versions" data-testid="versions">
      <ul className="divide-y divide-line">
        {detail.versions.map((version, index) => (
          <VersionRow key={version.id} detail={detail} version={version} isLatest={index === 0} />
        ))}
      </ul>
    </Card>
  );
}

interface VersionRowProps {
  detail: MockApiDetail;
  version: Version;
  isLatest: boolean;
}

function VersionRow({ detail, version, isLatest }: VersionRowProps) {
  const { id, number, usedBy } = version;
  return (
    <li
      className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 px-5 py-3.5"
      data-testid="version-row"
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-[620]">
          Version {number}
          {isLatest ? <Badge tone="good">Latest</Badge> : null}
        </p>
        <p className="text-[0.9rem] text-ink-soft">
          {formatInstant(version.createdAt)}
          {version.createdBy ? ` by ${version.createdBy}` : ""} ·{" "}
          {usedBy === 0 ? "not used yet" : `used by ${usedBy} ${plural(usedBy, "assessment version")}`}
        </p>
        <Digest value={version.sha256} of={`version ${number}`} className="-my-1 text-ink-soft" />
      </div>
      <div className="flex flex-wrap gap-2">
        <LinkButton
          size="small"
          href={`/api/admin/mock-api-versions/${id}/document`}
          download={`${detail.slug}-v${number}.openapi.json`}
          aria-label={`Download the document of version ${number}`}
        >
          <Download aria-hidden size={15} />
          Document
        </LinkButton>
        <LinkButton
          size="small"
          href={`/admin/mock-apis/${detail.id}/console?version=${id}`}
          target="_blank"
          aria-label={`Try it: version ${number} (in a new tab)`}
        >
          Try it
          <ExternalLink aria-hidden size={14} />
        </LinkButton>
      </div>
    </li>
  );
}
