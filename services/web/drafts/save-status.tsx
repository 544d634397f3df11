import { Check, CloudOff, GitMerge, PenLine } from "lucide-react";
import { classNames } from "../ui/class-names.ts";
import { Spinner } from "../ui/spinner.tsx";
import { LiveRegion } from "../ui/toast.tsx";
import type { DraftPhase } from "./draft-state.ts";

const WORDS: Record<DraftPhase, string> = {
  saved: "Saved",
  unsaved: "Unsaved changes",
  saving: "Saving…",
  failed: "Not saved yet",
  conflict: "Changed elsewhere",
};

export interface SaveStatusProps {
  phase: DraftPhase;
  /** The last save did not reach the server. */
  isOffline?: boolean;
}

/** Where a draft is. Only trouble is read out; saving as such would talk all the time. */
export function SaveStatus({ phase, isOffline }: SaveStatusProps) {
  const isTrouble = phase === "failed" || phase === "conflict";
  const words = phase === "failed" && isOffline ? "Offline, kept here" : WORDS[phase];
  return (
    <span
      data-testid="save-status"
      data-phase={phase}
      className={classNames(
        "flex items-center gap-1.5 text-[0.867rem] whitespace-nowrap",
        isTrouble ? "text-danger" : "text-ink-faint",
      )}
    >
      <StatusIcon phase={phase} />
      {words}
      <LiveRegion message={isTrouble ? words : ""} />
    </span>
  );
}

function StatusIcon({ phase }: { phase: DraftPhase }) {
  if (phase === "saving") return <Spinner className="size-3.5!" />;
  if (phase === "failed") return <CloudOff aria-hidden size={14} />;
  if (phase === "conflict") return <GitMerge aria-hidden size={14} />;
  if (phase === "unsaved") return <PenLine aria-hidden size={13} />;
  return <Check aria-hidden size={14} className="text-accent" />;
}
