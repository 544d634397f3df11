export type ShortcutAction =
  | { kind: "next_file" | "previous_file" | "next_change" | "previous_change" }
  | { kind: "toggle_diff" | "toggle_unchanged" | "focus_filter" | "show_help" | "insert_reference" }
  | { kind: "next_criterion" | "previous_criterion" }
  | { kind: "rate"; level: number };

/** Where a key was pressed, reduced to what decides. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Something there takes text, or a dialog is open: the key belongs to it. */
  typing: boolean;
}

const PLAIN: Record<string, ShortcutAction> = {
  j: { kind: "next_file" },
  k: { kind: "previous_file" },
  n: { kind: "next_change" },
  p: { kind: "previous_change" },
  d: { kind: "toggle_diff" },
  u: { kind: "toggle_unchanged" },
  "/": { kind: "focus_filter" },
  "?": { kind: "show_help" },
  r: { kind: "insert_reference" },
  "]": { kind: "next_criterion" },
  "[": { kind: "previous_criterion" },
};

/** @returns what a key asks for; null while typing, with a modifier, or when it means nothing. */
export function shortcutFor(press: KeyPress): ShortcutAction | null {
  if (press.typing || press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[1-5]$/.test(press.key)) return { kind: "rate", level: Number(press.key) };
  return Object.hasOwn(PLAIN, press.key) ? PLAIN[press.key]! : null;
}

export const SHORTCUT_HELP: { title: string; rows: [keys: string[], what: string][] }[] = [
  {
    title: "Files",
    rows: [
      [["j"], "Next file"],
      [["k"], "Previous file"],
      [["/"], "Filter files by name"],
      [["u"], "Show or hide unchanged starter files"],
    ],
  },
  {
    title: "Reading",
    rows: [
      [["d"], "Switch between code and changes"],
      [["n"], "Next change"],
      [["p"], "Previous change"],
      [["Ctrl", "F"], "Find in this file"],
    ],
  },
  {
    title: "Rating",
    rows: [
      [["]"], "Next criterion"],
      [["["], "Previous criterion"],
      [["1–5"], "Rate the focused criterion from 1 to 5"],
      [["r"], "Insert a reference to the selected lines"],
      [["?"], "Show this help"],
    ],
  },
];
