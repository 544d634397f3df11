import type { DatasetVersionItem } from "../../../shared/contracts/dataset-studio.ts";
import { Badge } from "../../ui/badge.tsx";
import { TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { Digest } from "../../ui/digest.tsx";
import { formatBytes, formatInstant, plural } from "../../ui/time-words.ts";

/** The versions of a dataset, newest first. None of them ever changes. */
export function VersionList({
  datasetId,
  versions,
}: {
  datasetId: string;
  versions: readonly DatasetVersionItem[];
}) {
  return (
    <Card title="Versions" padding="none">
      <ul className="divide-y divide-line">
        {versions.map((version, index) => (
          <li
            key={version.id}
            className="flex flex-wrap items-start justify-between gap-x-8 gap-y-1 px-5 py-3"
            data-testid="version-row"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
                <TextLink href={`/admin/datasets/${datasetId}/versions/${version.id}`} className="font-[620]">
                  Version {version.number}
                </TextLink>
                {index === 0 ? <Badge tone="good">Latest</Badge> : null}
                {version.parent ? <Badge>from version {version.parent.number}</Badge> : null}
              </p>
              <p className="text-[0.9rem] text-ink-soft">
                {formatCount(version.rows)} {plural(version.rows, "row")} in {version.tables}{" "}
                {plural(version.tables, "table")} · {formatBytes(version.bytes)}
              </p>
            </div>
            <div className="flex flex-col text-[0.9rem] text-ink-soft sm:items-end">
              <span>
                {formatInstant(version.createdAt)}
                {version.createdBy ? ` by ${version.createdBy}` : ""}
              </span>
              <Digest value={version.sha256} of={`version ${version.number}`} className="-my-1" />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
