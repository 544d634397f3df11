import { ArrowDown, ArrowUp, FoldVertical, Search, UnfoldVertical, WrapText } from "lucide-react";
import { useMemo } from "react";
import type { FileView, SubmissionEntry } from "../../shared/contracts/review.ts";
import { IconButton } from "../ui/button.tsx";
import { CopyButton } from "../ui/code-block.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { ErrorState, SkeletonText } from "../ui/states.tsx";
import { formatBytes, plural } from "../ui/time-words.ts";
import type { CodeViewHandle } from "./code/code-view.tsx";
import { FileBody } from "./file-body.tsx";
import { FileNotices } from "./file-notices.tsx";
import type { LineRange } from "./file-reference.ts";
import { describeText, LINE_ENDING_NAMES, type TextFacts } from "./text-facts.ts";
import { VisibleName } from "./visible-name.tsx";

export interface LoadedFile {
  /** What the candidate left, or for a deleted file what the starter had. */
  file: FileView | null;
  /** The starter's version of a modified file. */
  starter: FileView | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}

export interface FileSettings {
  showChanges: boolean;
  wrap: boolean;
  foldUnchanged: boolean;
}

export interface FilePaneProps {
  entry: SubmissionEntry;
  loaded: LoadedFile;
  settings: FileSettings;
  onSettings: (settings: FileSettings) => void;
  reveal: LineRange | null;
  onSelectLines: (lines: LineRange | null) => void;
  viewer: React.RefObject<CodeViewHandle | null>;
}

/** One file: what it is called, what to know of it, and its contents. */
export function FilePane(props: FilePaneProps) {
  const { entry, loaded, settings } = props;
  const { file, starter, error } = loaded;
  const facts = useMemo(
    () => (file?.kind !== "text" || file.text === null ? null : describeText(file.text)),
    [file],
  );
  const canCompare = file?.kind === "text" && starter?.kind === "text" && entry.change === "modified";
  const isLoading = !file || (entry.change === "modified" && entry.starterIndex !== null && !starter);
  const original = canCompare && settings.showChanges ? starter.text : null;
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="file-pane">
      <FileHeader {...props} facts={facts} canCompare={canCompare} />
      {error ? (
        <div className="p-5">
          <ErrorState error={error} onRetry={loaded.onRetry} isRetrying={loaded.isRetrying} />
        </div>
      ) : isLoading ? (
        <div className="p-6">
          <SkeletonText lines={9} label="Loading the file" />
        </div>
      ) : (
        <>
          <FileNotices entry={entry} file={file} starter={starter} facts={facts} />
          <div className="min-h-0 flex-1" data-testid="file-body">
            <FileBody
              entry={entry}
              file={file}
              original={original}
              settings={settings}
              reveal={props.reveal}
              onSelectLines={props.onSelectLines}
              viewer={props.viewer}
            />
          </div>
        </>
      )}
    </div>
  );
}

interface FileHeaderProps extends FilePaneProps {
  facts: TextFacts | null;
  canCompare: boolean;
}

function FileHeader({ entry, loaded, settings, onSettings, facts, canCompare, viewer }: FileHeaderProps) {
  const { file } = loaded;
  const isText = file?.kind === "text" && file.text !== "";
  return (
    <header className="flex min-h-[3.25rem] flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
      <div className="min-w-0 flex-[1_1_12rem]">
        <h2
          className="truncate font-mono text-[0.867rem] font-medium tracking-normal"
          title={entry.path}
          data-testid="open-path"
        >
          <VisibleName name={entry.path} />
        </h2>
        <p className="truncate text-[0.78rem] text-ink-faint tabular-nums">
          {formatBytes(entry.size)}
          {facts && file?.text !== ""
            ? ` · ${facts.lines.toLocaleString("en")} ${plural(facts.lines, "line")} · ${LINE_ENDING_NAMES[facts.lineEnding]}`
            : ""}
          {entry.change === "unchanged" ? " · as in the starter" : ` · ${entry.change}`}
        </p>
      </div>
      {canCompare ? (
        <Segmented
          label="What to show of this file"
          value={settings.showChanges ? "changes" : "contents"}
          onChange={(view) => onSettings({ ...settings, showChanges: view === "changes" })}
          options={[
            { value: "contents", label: "Code" },
            { value: "changes", label: "Changes" },
          ]}
        />
      ) : null}
      {isText ? (
        <div className="-mr-2 flex items-center">
          {canCompare && settings.showChanges ? (
            <ChangeButtons settings={settings} onSettings={onSettings} viewer={viewer} />
          ) : null}
          <IconButton label="Find in this file" size="small" onPress={() => viewer.current?.find()}>
            <Search aria-hidden size={15} />
          </IconButton>
          <IconButton
            label={settings.wrap ? "Do not wrap long lines" : "Wrap long lines"}
            size="small"
            aria-pressed={settings.wrap}
            className={settings.wrap ? "text-accent!" : undefined}
            onPress={() => onSettings({ ...settings, wrap: !settings.wrap })}
          >
            <WrapText aria-hidden size={15} />
          </IconButton>
          <CopyButton text={file.text ?? ""} label="Copy the whole file" />
        </div>
      ) : null}
    </header>
  );
}

function ChangeButtons({
  settings,
  onSettings,
  viewer,
}: Pick<FilePaneProps, "settings" | "onSettings" | "viewer">) {
  const { foldUnchanged } = settings;
  return (
    <>
      <IconButton label="Previous change" size="small" onPress={() => viewer.current?.previousChange()}>
        <ArrowUp aria-hidden size={15} />
      </IconButton>
      <IconButton label="Next change" size="small" onPress={() => viewer.current?.nextChange()}>
        <ArrowDown aria-hidden size={15} />
      </IconButton>
      <IconButton
        label={foldUnchanged ? "Show unchanged lines" : "Fold unchanged lines"}
        size="small"
        onPress={() => onSettings({ ...settings, foldUnchanged: !foldUnchanged })}
      >
        {foldUnchanged ? <UnfoldVertical aria-hidden size={15} /> : <FoldVertical aria-hidden size={15} />}
      </IconButton>
    </>
  );
}
