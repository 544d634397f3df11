import type { TreeRow } from "./file-tree.ts";

export type TreeMove =
  | { kind: "focus"; key: string }
  | { kind: "collapse"; key: string }
  | { kind: "expand"; key: string }
  | { kind: "open"; key: string };

/**
 * The keys of the WAI-ARIA tree pattern.
 * @returns what the key asks for, or null when the key means nothing here (and must be left to the browser).
 */
export function moveInTree(
  rows: readonly TreeRow[],
  activeKey: string | null,
  collapsed: ReadonlySet<string>,
  key: string,
): TreeMove | null {
  if (rows.length === 0) return null;
  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.key === activeKey),
  );
  const row = rows[at]!;
  const focus = (index: number): TreeMove | null => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, index))];
    return target ? { kind: "focus", key: target.node.key } : null;
  };
  switch (key) {
    case "ArrowDown":
      return focus(at + 1);
    case "ArrowUp":
      return focus(at - 1);
    case "Home":
      return focus(0);
    case "End":
      return focus(rows.length - 1);
    case "PageDown":
      return focus(at + 12);
    case "PageUp":
      return focus(at - 12);
    case "ArrowRight":
      return moveRight(row, at, collapsed, focus);
    case "ArrowLeft":
      return moveLeft(row, collapsed);
    case "Enter":
    case " ":
      return activate(row, collapsed);
    default:
      return null;
  }
}

function moveRight(
  row: TreeRow,
  at: number,
  collapsed: ReadonlySet<string>,
  focus: (index: number) => TreeMove | null,
): TreeMove | null {
  if (row.node.kind !== "folder") return null;
  return collapsed.has(row.node.key) ? { kind: "expand", key: row.node.key } : focus(at + 1);
}

function moveLeft(row: TreeRow, collapsed: ReadonlySet<string>): TreeMove | null {
  if (row.node.kind === "folder" && !collapsed.has(row.node.key)) {
    return { kind: "collapse", key: row.node.key };
  }
  return row.parentKey === null ? null : { kind: "focus", key: row.parentKey };
}

function activate(row: TreeRow, collapsed: ReadonlySet<string>): TreeMove {
  if (row.node.kind === "file") return { kind: "open", key: row.node.key };
  return { kind: collapsed.has(row.node.key) ? "expand" : "collapse", key: row.node.key };
}
