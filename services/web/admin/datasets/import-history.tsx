import type { DatasetImportItem } from "../../../shared/contracts/dataset-studio.ts";
import { TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { ImportBadge } from "./import-badge.tsx";

/** Everything that was ever read for a dataset, published or not. */
export function ImportHistory({
  datasetId,
  imports,
}: {
  datasetId: string;
  imports: readonly DatasetImportItem[];
}) {
  return (
    <Card title="Imports" description="Each one reads files and ends as a version." padding="none">
      <ul className="divide-y divide-line">
        {imports.map((item) => (
          <li key={item.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3">
            <TextLink
              href={`/admin/datasets/${datasetId}/imports/${item.id}`}
              className="min-w-0 [overflow-wrap:anywhere]"
            >
              {item.fileNames.length > 0 ? item.fileNames.join(", ") : "A version, treated again"}
            </TextLink>
            <span className="flex flex-wrap items-center gap-3 text-[0.9rem] text-ink-soft">
              {formatInstant(item.createdAt)}
              <ImportBadge state={item.state} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
