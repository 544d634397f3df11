import { ChevronRight, FileSymlink } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { classNames } from "../ui/class-names.ts";
import { ChangeMark, changeWord } from "./change-mark.tsx";
import { type TreeNode, type TreeRow, visibleRows } from "./file-tree.ts";
import { moveInTree } from "./tree-keyboard.ts";
import { VisibleName } from "./visible-name.tsx";

const ROW_HEIGHT = 28;
const OVERSCAN = 12;

export interface FileTreeListProps {
  nodes: readonly TreeNode[];
  openKey: string | null;
  collapsed: ReadonlySet<string>;
  onCollapsed: (collapsed: ReadonlySet<string>) => void;
  onOpen: (key: string) => void;
}

/**
 * The tree pattern of WAI-ARIA with one focus stop. Only the rows in sight are in the page, so ten thousand
 * files cost as much as fifty; `aria-activedescendant` therefore carries the focus.
 */
export function FileTreeList({ nodes, openKey, collapsed, onCollapsed, onOpen }: FileTreeListProps) {
  const rows = useMemo(() => visibleRows(nodes, collapsed), [nodes, collapsed]);
  const [active, setActive] = useState<string | null>(openKey);
  const frame = useRef<HTMLDivElement>(null);
  const { first, last, onScroll, reveal } = useWindow(frame, rows);
  const id = useId();
  const activeKey = rows.some((row) => row.node.key === active) ? active : (rows[0]?.node.key ?? null);

  useEffect(() => {
    if (openKey === null) return;
    setActive(openKey);
    reveal(openKey);
  }, [openKey, reveal]);

  const toggle = (key: string, shut: boolean) => {
    const next = new Set(collapsed);
    if (shut) next.add(key);
    else next.delete(key);
    onCollapsed(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = moveInTree(rows, activeKey, collapsed, event.key);
    if (!move) return;
    event.preventDefault();
    setActive(move.key);
    if (move.kind === "open") onOpen(move.key);
    else if (move.kind !== "focus") toggle(move.key, move.kind === "collapse");
    reveal(move.key);
  };
  const press = (row: TreeRow) => {
    setActive(row.node.key);
    if (row.node.kind === "file") onOpen(row.node.key);
    else toggle(row.node.key, !collapsed.has(row.node.key));
  };

  return (
    <div
      ref={frame}
      role="tree"
      aria-label="Files of the submission"
      tabIndex={0}
      aria-activedescendant={activeKey === null ? undefined : `${id}-${activeKey}`}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      data-testid="file-tree"
      className="group/tree min-h-0 flex-1 overflow-auto py-1 outline-none"
    >
      <div style={{ height: rows.length * ROW_HEIGHT }} className="relative" role="presentation">
        {rows.map((row, at) =>
          at < first || at > last ? null : (
            <TreeItem
              key={row.node.key}
              id={`${id}-${row.node.key}`}
              row={row}
              top={at * ROW_HEIGHT}
              isOpen={row.node.key === openKey}
              isActive={row.node.key === activeKey}
              isCollapsed={collapsed.has(row.node.key)}
              onPress={() => press(row)}
            />
          ),
        )}
      </div>
    </div>
  );
}

/** Which rows are in sight, and a way to bring one into it. */
function useWindow(frame: React.RefObject<HTMLDivElement | null>, rows: readonly TreeRow[]) {
  const [range, setRange] = useState({ first: 0, last: 60 });
  const latest = useRef(rows);
  latest.current = rows;
  const measure = () => {
    const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {};
    const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - OVERSCAN);
    const last = Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + OVERSCAN;
    setRange((before) => (before.first === first && before.last === last ? before : { first, last }));
  };
  const measureLatest = useRef(measure);
  measureLatest.current = measure;
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => measureLatest.current());
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  const [reveal] = useState(() => (key: string) => {
    const at = latest.current.findIndex((row) => row.node.key === key);
    if (at === -1 || !frame.current) return;
    const { scrollTop, clientHeight } = frame.current;
    const top = at * ROW_HEIGHT;
    if (top < scrollTop) frame.current.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight - 8) {
      frame.current.scrollTop = top + ROW_HEIGHT - clientHeight + 8;
    }
    measureLatest.current();
  });
  return { ...range, onScroll: measure, reveal };
}

interface TreeItemProps {
  id: string;
  row: TreeRow;
  top: number;
  isOpen: boolean;
  isActive: boolean;
  isCollapsed: boolean;
  onPress: () => void;
}

function TreeItem({ id, row, top, isOpen, isActive, isCollapsed, onPress }: TreeItemProps) {
  const { node } = row;
  const isFile = node.kind === "file";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it handles every key
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus for its rows
    <div
      role="treeitem"
      id={id}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-selected={isOpen}
      aria-expanded={isFile ? undefined : !isCollapsed}
      onClick={onPress}
      style={{ top, height: ROW_HEIGHT, paddingLeft: 10 + (Math.min(row.level, 16) - 1) * 14 }}
      className={classNames(
        "absolute inset-x-0 flex cursor-pointer items-center gap-1.5 pr-3 text-[0.867rem] whitespace-nowrap",
        isOpen ? "bg-accent-soft font-medium text-ink" : "text-ink-soft hover:bg-ink/4 hover:text-ink",
        isActive &&
          "group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2 group-focus-visible/tree:outline-accent",
      )}
    >
      {isFile ? <FileLabel node={node} /> : <FolderLabel node={node} isCollapsed={isCollapsed} />}
    </div>
  );
}

function FileLabel({ node }: { node: Extract<TreeNode, { kind: "file" }> }) {
  const { change, type } = node.entry;
  return (
    <>
      <span className="w-[15px] shrink-0">
        {type === "symlink" ? <FileSymlink aria-hidden size={14} className="text-ink-faint" /> : null}
      </span>
      <span
        className={classNames("min-w-0 flex-1 truncate", change === "deleted" && "line-through opacity-80")}
        title={node.entry.path}
      >
        <VisibleName name={node.name} />
      </span>
      <span className="sr-only">, {changeWord(change)}</span>
      <ChangeMark change={change} className="w-3 text-center" />
    </>
  );
}

function FolderLabel({
  node,
  isCollapsed,
}: {
  node: Extract<TreeNode, { kind: "folder" }>;
  isCollapsed: boolean;
}) {
  return (
    <>
      <ChevronRight
        aria-hidden
        size={15}
        className={classNames("shrink-0 text-ink-faint transition-transform", !isCollapsed && "rotate-90")}
      />
      <span className="min-w-0 flex-1 truncate">
        <VisibleName name={node.name} />
      </span>
      {node.changedCount > 0 && isCollapsed ? (
        <span className="text-[0.75rem] text-ink-faint tabular-nums">{node.changedCount}</span>
      ) : null}
    </>
  );
}
