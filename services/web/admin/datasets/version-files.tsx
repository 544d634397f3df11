import type { z } from "zod";
import type { DatasetFile } from "../../../shared/contracts/dataset.ts";
import type { DatasetVersionView } from "../../../shared/contracts/dataset-studio.ts";
import { Badge } from "../../ui/badge.tsx";
import { Card } from "../../ui/card.tsx";
import { Digest } from "../../ui/digest.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { formatBytes } from "../../ui/time-words.ts";

type VersionFile = z.infer<typeof DatasetFile>;

const COLUMNS: Column<VersionFile>[] = [
  {
    id: "path",
    header: "File",
    isRowHeader: true,
    className: "min-w-72 font-mono text-[0.87rem] [overflow-wrap:anywhere]",
    cell: ({ path }) => path.replace(/^candidate\//, ""),
  },
  {
    id: "for",
    header: "For",
    cell: ({ path }) =>
      path.startsWith("candidate/") ? (
        <Badge tone="good">Candidates</Badge>
      ) : (
        <Badge>The platform only</Badge>
      ),
  },
  {
    id: "bytes",
    header: "Size",
    align: "end",
    className: "whitespace-nowrap",
    cell: ({ bytes }) => formatBytes(bytes),
  },
  {
    id: "sha256",
    header: "SHA-256",
    cell: ({ path, sha256 }) => <Digest value={sha256} of={path} className="-my-1.5" />,
  },
];

/** Every file of a version; candidates get those that are for them, nothing else. */
export function VersionFiles({ version }: { version: DatasetVersionView }) {
  const isFor = ({ path }: VersionFile) => (path.startsWith("candidate/") ? 0 : 1);
  const files = [...version.files].sort((a, b) => isFor(a) - isFor(b) || a.path.localeCompare(b.path));
  return (
    <Card title="Files" padding="none" className="overflow-hidden">
      <Table caption="Files of this version" columns={COLUMNS} rows={files} rowKey={({ path }) => path} />
    </Card>
  );
}
