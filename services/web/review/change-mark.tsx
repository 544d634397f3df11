import { classNames } from "../ui/class-names.ts";
import type { Change } from "./file-tree.ts";

const MARKS: Record<Change, { letter: string; word: string; className: string }> = {
  added: { letter: "A", word: "added", className: "text-accent" },
  modified: { letter: "M", word: "modified", className: "text-warn" },
  deleted: { letter: "D", word: "deleted", className: "text-danger" },
  unchanged: { letter: "", word: "unchanged", className: "text-ink-faint" },
};

export const changeWord = (change: Change) => MARKS[change].word;

/** One letter about what became of a file, as version control tools write it. */
export function ChangeMark({ change, className }: { change: Change; className?: string }) {
  const { letter, word, className: tone } = MARKS[change];
  return (
    <span
      aria-hidden
      title={word}
      className={classNames("font-mono text-[0.75rem] font-semibold", tone, className)}
    >
      {letter}
    </span>
  );
}
