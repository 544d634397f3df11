import { type Ref, useMemo } from "react";
import type { SubmissionTreeView } from "../../shared/contracts/review.ts";
import type { OmissionReason } from "../../shared/contracts/tree.ts";
import { SearchField } from "../ui/search-field.tsx";
import { EmptyState } from "../ui/states.tsx";
import { plural } from "../ui/time-words.ts";
import { ChangeMark } from "./change-mark.tsx";
import { type Change, countChanges, type TreeFilter, type TreeNode } from "./file-tree.ts";
import { FileTreeList } from "./file-tree-list.tsx";
import { VisibleName } from "./visible-name.tsx";

export interface FilesPaneProps {
  tree: SubmissionTreeView;
  /** What the filter leaves of it. */
  nodes: readonly TreeNode[];
  filter: TreeFilter;
  onFilter: (filter: TreeFilter) => void;
  filterRef: Ref<HTMLInputElement>;
  openKey: string | null;
  collapsed: ReadonlySet<string>;
  onCollapsed: (collapsed: ReadonlySet<string>) => void;
  onOpen: (key: string) => void;
}

export function FilesPane(props: FilesPaneProps) {
  const { tree, nodes, filter, onFilter } = props;
  const counts = useMemo(() => countChanges(tree.entries), [tree.entries]);
  return (
    <>
      <div className="flex flex-col gap-2 border-b border-line p-3">
        <SearchField
          label="Filter files by name"
          placeholder="Filter files"
          size="small"
          value={filter.name}
          onChange={(name) => onFilter({ ...filter, name })}
          inputRef={props.filterRef}
          data-testid="file-filter"
        />
        <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <ChangeCounts counts={counts} />
          {counts.unchanged > 0 ? (
            <button
              type="button"
              aria-pressed={filter.hideUnchanged}
              onClick={() => onFilter({ ...filter, hideUnchanged: !filter.hideUnchanged })}
              data-testid="hide-unchanged"
              className="rounded text-[0.8rem] text-accent underline decoration-accent-line underline-offset-3 hover:decoration-current"
            >
              {filter.hideUnchanged
                ? `Show ${counts.unchanged} unchanged`
                : `Hide ${counts.unchanged} unchanged`}
            </button>
          ) : null}
        </div>
      </div>
      {nodes.length === 0 ? (
        <EmptyState
          title={tree.entries.length === 0 ? "The submission is empty" : "No file matches"}
          className="flex-1 py-8"
        >
          {tree.entries.length === 0
            ? "The candidate’s workspace held no files when it was sealed."
            : "Try another name, or show unchanged files."}
        </EmptyState>
      ) : (
        <FileTreeList {...props} />
      )}
      <LeftOut tree={tree} />
    </>
  );
}

const ORDER: Change[] = ["added", "modified", "deleted"];

function ChangeCounts({ counts }: { counts: Record<Change, number> }) {
  const shown = ORDER.filter((change) => counts[change] > 0);
  if (shown.length === 0) return <span className="text-[0.8rem] text-ink-faint">Nothing changed</span>;
  return (
    <span className="flex gap-2.5 text-[0.8rem] text-ink-soft tabular-nums">
      {shown.map((change) => (
        <span key={change}>
          <ChangeMark change={change} /> {counts[change]}
          <span className="sr-only"> {change}</span>
        </span>
      ))}
    </span>
  );
}

const REASONS: Record<OmissionReason, string> = {
  fifo: "a pipe, not a file",
  socket: "a socket, not a file",
  device: "a device, not a file",
  larger_than_workspace: "larger than the workspace allows",
  sparse_total_too_large: "claims more space than the workspace has",
  hard_link_total_too_large: "one of very many links to the same data",
  other_filesystem: "not on the workspace’s own disk",
  unreadable: "could not be read",
  too_many_files: "beyond the limit on the number of files",
};

/** What is not in the tree, and why: a reviewer must not take it for missing work. */
function LeftOut({ tree }: { tree: SubmissionTreeView }) {
  const { omitted, hiddenGitFiles, truncated } = tree;
  if (omitted.length === 0 && hiddenGitFiles === 0 && !truncated) return null;
  return (
    <div
      className="flex flex-col gap-1 border-t border-line px-3 py-2.5 text-[0.8rem] text-ink-soft"
      data-testid="left-out"
    >
      {truncated ? <p className="text-warn">Only the first {tree.entries.length} files are listed.</p> : null}
      {hiddenGitFiles > 0 ? (
        <p title="They can hold names and e-mail addresses.">
          {hiddenGitFiles} {plural(hiddenGitFiles, "file")} of <code className="font-mono">.git</code> hidden,
          to keep the review blind.
        </p>
      ) : null}
      {omitted.length > 0 ? (
        <details>
          <summary className="cursor-pointer rounded">
            {omitted.length} {plural(omitted.length, "path")} not archived
          </summary>
          <ul className="mt-1 max-h-40 overflow-auto">
            {omitted.map((item) => (
              <li key={item.path} className="py-0.5">
                <span className="font-mono break-all text-ink">
                  <VisibleName name={item.path} />
                </span>
                : {REASONS[item.reason]}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
