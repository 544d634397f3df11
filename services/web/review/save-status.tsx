import { Check, CloudOff, GitMerge, PenLine } from "lucide-react";
import { Spinner } from "../ui/spinner.tsx";
import { LiveRegion } from "../ui/toast.tsx";
import type { DraftPhase } from "./review-draft.ts";

const WORDS: Record<Exclude<DraftPhase, "locked">, string> = {
  saved: "Draft saved",
  unsaved: "Unsaved changes",
  saving: "Saving…",
  failed: "Not saved yet",
  conflict: "Changed elsewhere",
};

/** Where the draft is. Only trouble is read out; saving as such would talk all the time. */
export function SaveStatus({ phase, isStarted }: { phase: DraftPhase; isStarted: boolean }) {
  if (phase === "locked") return null;
  const isTrouble = phase === "failed" || phase === "conflict";
  const words = phase === "saved" && !isStarted ? "Not started" : WORDS[phase];
  return (
    <span
      data-testid="save-status"
      data-phase={phase}
      className={`flex items-center gap-1.5 text-[0.84rem] whitespace-nowrap ${isTrouble ? "text-danger" : "text-ink-faint"}`}
    >
      <StatusIcon phase={phase} isStarted={isStarted} />
      {words}
      <LiveRegion message={isTrouble ? words : ""} />
    </span>
  );
}

function StatusIcon({ phase, isStarted }: { phase: DraftPhase; isStarted: boolean }) {
  if (phase === "saving") return <Spinner className="size-3.5!" />;
  if (phase === "failed") return <CloudOff aria-hidden size={14} />;
  if (phase === "conflict") return <GitMerge aria-hidden size={14} />;
  if (phase === "unsaved") return <PenLine aria-hidden size={13} />;
  return isStarted ? <Check aria-hidden size={14} className="text-accent" /> : null;
}
