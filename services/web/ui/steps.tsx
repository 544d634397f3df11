import { Check, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Spinner } from "./spinner.tsx";

export type StepState = "done" | "current" | "failed" | "upcoming";

export interface Step {
  id: string;
  label: ReactNode;
  state: StepState;
  /** Under the label: what it is doing, or why it failed. */
  detail?: ReactNode;
}

const STATE_WORDS: Record<StepState, string> = {
  done: "done",
  current: "in progress",
  failed: "failed",
  upcoming: "to come",
};

export interface StepsProps {
  /** Names the list for screen readers. */
  label: string;
  steps: readonly Step[];
  /** The current step turns: something is at work on it. */
  isWorking?: boolean;
  className?: string;
}

/** A way with several stations, and where one is on it. Stands upright on a phone. */
export function Steps({ label, steps, isWorking, className }: StepsProps) {
  return (
    <ol aria-label={label} className={classNames("flex flex-col gap-3 sm:flex-row sm:gap-0", className)}>
      {steps.map((step, index) => (
        <li
          key={step.id}
          aria-current={step.state === "current" ? "step" : undefined}
          className={classNames("flex items-start gap-3 sm:items-center", index > 0 && "sm:flex-1")}
        >
          {index > 0 ? (
            <span
              aria-hidden
              className={classNames(
                "mx-3 hidden h-px min-w-4 flex-1 sm:block",
                step.state === "upcoming" ? "bg-line" : "bg-accent-line",
              )}
            />
          ) : null}
          <StepMark state={step.state} number={index + 1} isWorking={isWorking} />
          <span className="min-w-0">
            <span
              className={classNames(
                "block text-[0.933rem]",
                step.state === "upcoming" ? "text-ink-faint" : "font-medium",
                step.state === "failed" && "text-danger",
              )}
            >
              {step.label}
              <span className="sr-only">, {STATE_WORDS[step.state]}</span>
            </span>
            {step.detail ? (
              <span className="block text-[0.84rem] text-ink-soft tabular-nums">{step.detail}</span>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

function StepMark({ state, number, isWorking }: { state: StepState; number: number; isWorking?: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        "grid size-7 shrink-0 place-items-center rounded-full border text-[0.84rem] font-medium tabular-nums",
        state === "done" && "border-accent bg-accent text-on-accent",
        state === "current" && "border-accent bg-accent-soft text-accent",
        state === "failed" && "border-danger bg-danger-soft text-danger",
        state === "upcoming" && "border-line text-ink-faint",
      )}
    >
      {state === "done" ? <Check size={15} strokeWidth={2.6} /> : null}
      {state === "failed" ? <X size={15} strokeWidth={2.6} /> : null}
      {state === "current" && isWorking ? <Spinner className="size-3.5!" /> : null}
      {state === "upcoming" || (state === "current" && !isWorking) ? number : null}
    </span>
  );
}
