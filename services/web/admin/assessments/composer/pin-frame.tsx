import { useQuery } from "@tanstack/react-query";
import { ArrowUpCircle, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "../../../ui/badge.tsx";
import { Button, IconButton, TextLink } from "../../../ui/button.tsx";
import { InlineSelect } from "../../../ui/inline-select.tsx";
import { formatInstant } from "../../../ui/time-words.ts";
import { type MaterialKind, materialPage, materialVersionsQuery } from "./materials-api.ts";

/** What a pin refers to, whichever kind it is. */
export interface PinnedMaterial {
  id: string;
  versionId: string;
  title: string;
  number: number;
  latestVersionId: string;
  latestNumber: number;
  archived: boolean;
}

export interface PinFrameProps {
  kind: MaterialKind;
  path: string;
  /** Null while nothing is known of the version, or when it is gone. */
  pinned: PinnedMaterial | null;
  onVersion: (versionId: string) => void;
  onRemove: () => void;
  children: ReactNode;
}

/** One pinned version: what it is, whether there is a newer one, and what the assessment calls it. */
export function PinFrame({ kind, path, pinned, onVersion, onRemove, children }: PinFrameProps) {
  const hasNewer = pinned !== null && pinned.latestNumber > pinned.number;
  return (
    <li className="rounded-lg border border-line p-4" data-path={path} data-testid={`pin-${path}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 flex-[1_1_12rem] font-[620] [overflow-wrap:anywhere]">
          {pinned ? (
            <TextLink href={materialPage(kind, pinned.id)}>{pinned.title}</TextLink>
          ) : (
            <span className="text-danger">A version that is not here</span>
          )}{" "}
          {pinned?.archived ? <Badge tone="warn">Archived</Badge> : null}
        </span>
        {pinned ? <VersionChoice kind={kind} pinned={pinned} onVersion={onVersion} /> : null}
        <IconButton label={`Remove ${pinned?.title ?? "this"}`} size="small" onPress={onRemove}>
          <Trash2 aria-hidden size={15} />
        </IconButton>
      </div>
      {hasNewer ? (
        <div
          className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-accent-line bg-accent-soft px-3 py-2 text-[0.9rem]"
          data-testid="newer-version"
        >
          <ArrowUpCircle aria-hidden size={16} className="shrink-0 text-accent" />
          <span className="min-w-0 flex-1">
            Version {pinned.latestNumber} is there. This stays at {pinned.number} until you say so.
          </span>
          <Button size="small" onPress={() => onVersion(pinned.latestVersionId)} data-testid="use-newer">
            Use version {pinned.latestNumber}
          </Button>
        </div>
      ) : null}
      <div className="mt-4 flex flex-col gap-4">{children}</div>
    </li>
  );
}

function VersionChoice({
  kind,
  pinned,
  onVersion,
}: {
  kind: MaterialKind;
  pinned: PinnedMaterial;
  onVersion: (id: string) => void;
}) {
  const versions = useQuery({ ...materialVersionsQuery(kind, pinned.id), enabled: pinned.latestNumber > 1 });
  if (pinned.latestNumber === 1) return <Badge>Version {pinned.number}</Badge>;
  const known = versions.data ?? [];
  const options = known.some(({ id }) => id === pinned.versionId)
    ? known.map(({ id, number, createdAt }) => ({
        value: id,
        label: `Version ${number}`,
        description: formatInstant(createdAt),
      }))
    : [{ value: pinned.versionId, label: `Version ${pinned.number}` }];
  return (
    <InlineSelect
      label={`Version of ${pinned.title}`}
      options={options}
      value={pinned.versionId}
      onChange={onVersion}
      isDisabled={!versions.data}
    />
  );
}
