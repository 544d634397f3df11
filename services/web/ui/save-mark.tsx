import { useBlocker } from "@tanstack/react-router";
import { Check, CloudOff, GitMerge, PenLine } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";
import { LiveRegion } from "./toast.tsx";

export type SavePhase = "saved" | "unsaved" | "saving" | "failed" | "conflict" | "locked";
type OpenPhase = Exclude<SavePhase, "locked">;

const WORDS: Record<OpenPhase, string> = {
  saved: "All changes saved",
  unsaved: "Unsaved changes",
  saving: "Saving…",
  failed: "Not saved yet",
  conflict: "Changed elsewhere",
};
const ICONS: Record<OpenPhase, ReactNode> = {
  saved: <Check aria-hidden size={14} className="text-accent" />,
  unsaved: <PenLine aria-hidden size={13} />,
  saving: <Spinner className="size-3.5!" />,
  failed: <CloudOff aria-hidden size={14} />,
  conflict: <GitMerge aria-hidden size={14} />,
};

/** Where a draft that saves itself is; nothing where it cannot change any more. Only trouble is read out; saving as such would talk all the time. */
export function SaveMark({ phase, className }: { phase: SavePhase; className?: string }) {
  if (phase === "locked") return null;
  const isTrouble = phase === "failed" || phase === "conflict";
  return (
    <span
      data-testid="save-mark"
      data-phase={phase}
      className={classNames(
        "inline-flex items-center gap-1.5 text-[0.84rem] whitespace-nowrap",
        isTrouble ? "text-danger" : "text-ink-faint",
        className,
      )}
    >
      {ICONS[phase]}
      {WORDS[phase]}
      <LiveRegion message={isTrouble ? WORDS[phase] : ""} />
    </span>
  );
}

/** While `isUnsafe`, leaving the page asks first: by a link here (in these words), by closing the tab (in the browser's). */
export function useLeaveWarning(isUnsafe: boolean, words: string): void {
  useBlocker({
    shouldBlockFn: () => isUnsafe && !window.confirm(words),
    enableBeforeUnload: isUnsafe,
    disabled: !isUnsafe,
  });
}
