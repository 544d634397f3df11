import { Archive, FolderGit2 } from "lucide-react";
import type { StarterImportView } from "../../../../shared/contracts/composer.ts";
import { Banner } from "../../../ui/banner.tsx";
import { Button } from "../../../ui/button.tsx";
import { Spinner } from "../../../ui/spinner.tsx";
import { formatBytes, plural } from "../../../ui/time-words.ts";

export interface StarterSourceProps {
  /** Null until the server has said anything about the upload. */
  imported: StarterImportView | null;
  /** The files are those of a published version. */
  isVersion: boolean;
  onRemove: () => void;
}

/** The archive that was brought: being read, refused with reasons, or there with its files. */
export function StarterSource({ imported, isVersion, onRemove }: StarterSourceProps) {
  const replace = (
    <Button size="small" onPress={onRemove} data-testid="replace-archive">
      {imported?.state === "failed" ? "Choose another" : "Remove"}
    </Button>
  );
  if (isVersion) {
    return (
      <Banner title="The files of a published version" actions={replace}>
        They stay as they were published. Remove them to bring an archive of your own.
      </Banner>
    );
  }
  if (imported?.state === "failed") {
    return (
      <Banner
        tone="danger"
        role="alert"
        title={`${imported.fileName} cannot be used`}
        actions={replace}
        data-testid="starter-failed"
      >
        <ul className="list-disc pl-5">
          {imported.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Banner>
    );
  }
  if (imported?.state !== "ready") {
    return (
      <div
        role="status"
        className="flex items-center gap-3 rounded-lg border border-line bg-sunken px-4 py-3"
        data-testid="starter-waiting"
      >
        <Spinner />
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          Reading {imported?.fileName ?? "the archive"}…
        </span>
        {replace}
      </div>
    );
  }
  return <ReadyFiles imported={imported} action={replace} />;
}

function ReadyFiles({ imported, action }: { imported: StarterImportView; action: React.ReactNode }) {
  const more = imported.files - imported.entries.length;
  return (
    <div className="rounded-lg border border-line" data-testid="starter-ready">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
        <Archive aria-hidden size={17} className="shrink-0 text-accent" />
        <span className="min-w-0 flex-1">
          <span className="font-medium [overflow-wrap:anywhere]">{imported.fileName}</span>{" "}
          <span className="text-[0.9rem] text-ink-soft">
            {imported.files} {plural(imported.files, "file")}, {formatBytes(imported.bytes)}
          </span>
        </span>
        {action}
      </div>
      <ul
        aria-label={`Files of ${imported.fileName}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        className="max-h-56 overflow-y-auto px-4 py-2 text-[0.867rem]"
      >
        {imported.entries.map((entry) => (
          <li key={entry.path} className="flex justify-between gap-4 py-0.5">
            <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{entry.path}</code>
            <span className="shrink-0 text-ink-faint tabular-nums">{formatBytes(entry.bytes)}</span>
          </li>
        ))}
        {more > 0 ? (
          <li className="flex items-center gap-2 py-1 text-ink-faint">
            <FolderGit2 aria-hidden size={14} /> and {more} more
          </li>
        ) : null}
      </ul>
    </div>
  );
}
