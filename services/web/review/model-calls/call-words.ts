import type { ModelCallSummary, ModelLine } from "../../../shared/contracts/models.ts";
import type { Tone } from "../../ui/banner.tsx";

export const LINE_NAMES: Record<ModelLine, string> = { product: "Programs", assistant: "Assistant" };

/** How a call ended, in a word or two; what was answered needs none. */
export const OUTCOMES: Record<ModelCallSummary["outcome"], { word: string; tone: Tone; hint: string }> = {
  answered: { word: "Answered", tone: "good", hint: "The model answered." },
  open: { word: "Under way", tone: "neutral", hint: "The call had not ended when the attempt did." },
  aborted: {
    word: "Given up",
    tone: "neutral",
    hint: "The program went away before the answer was complete.",
  },
  refused: { word: "Refused", tone: "warn", hint: "The platform refused it: budget, limits or form." },
  upstream_failed: { word: "Model failed", tone: "danger", hint: "No model behind the name answered." },
  lost: { word: "Lost", tone: "warn", hint: "The platform stopped before the call ended." },
  replayed: { word: "Replayed", tone: "neutral", hint: "Answered from an earlier call that was the same." },
};

/** `0:42:07` after the start. */
export function afterWords(afterSec: number): string {
  const total = Math.floor(afterSec);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(total / 3600)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}

/** `840 ms`, `2.4 s`. */
export function latencyWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
