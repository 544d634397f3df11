import type { ReactNode } from "react";
import { ProblemError } from "../api-client/problem-error.ts";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";

/** A grey shape where content will be. Give it a height. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded-md bg-ink/8", className)} />;
}

/** Several lines of text to come; says so to screen readers once. */
export function SkeletonText({ lines = 4, label = "Loading" }: { lines?: number; label?: string }) {
  const widths = ["w-full", "w-11/12", "w-full", "w-4/5", "w-2/3"];
  return (
    <div role="status" className="flex flex-col gap-2.5">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <Skeleton key={index} className={classNames("h-4", widths[index % widths.length])} />
      ))}
    </div>
  );
}

export interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** Nothing to show, and that is fine: says why and what comes next. */
export function EmptyState({ icon, title, children, actions, className }: EmptyStateProps) {
  return (
    <div className={classNames("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      {icon ? <div className="mb-1 text-ink-faint">{icon}</div> : null}
      <p className="text-[1.067rem] font-[620]">{title}</p>
      {children ? <div className="max-w-prose text-ink-soft">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}

export interface ErrorStateProps {
  /** Whatever was thrown; shown best when it is a `ProblemError`. */
  error: unknown;
  onRetry?: () => void;
  isRetrying?: boolean;
  className?: string;
}

/** A failed call: what happened, what to do, and the id to quote. */
export function ErrorState({ error, onRetry, isRetrying, className }: ErrorStateProps) {
  const { problem } = ProblemError.from(error);
  return (
    <Banner
      tone="danger"
      role="alert"
      title={problem.title}
      className={className}
      data-testid="error-state"
      actions={
        onRetry ? (
          <Button size="small" onPress={onRetry} isPending={isRetrying}>
            Try again
          </Button>
        ) : undefined
      }
    >
      {problem.detail ? <p>{problem.detail}</p> : null}
      <p>{problem.hint}</p>
      {problem.errors?.length ? (
        <ul className="mt-1 list-disc pl-5">
          {problem.errors.map((item) => (
            <li key={item.path + item.message}>
              <code className="font-mono text-[0.85rem]">{item.path}</code> {item.message}
            </li>
          ))}
        </ul>
      ) : null}
      {problem.requestId ? <RequestId id={problem.requestId} /> : null}
    </Banner>
  );
}

export function RequestId({ id }: { id: string }) {
  return (
    <p className="mt-1 text-[0.8rem] text-ink-faint">
      Request id <code className="font-mono select-all">{id}</code>
    </p>
  );
}
