import type { ReactNode } from "react";
import type { MockApiOperationSummary } from "../../../../shared/contracts/mock-api-studio.ts";
import { MethodMark } from "../method-mark.tsx";

export interface OperationLineProps {
  operation: Pick<MockApiOperationSummary, "method" | "path" | "summary">;
  /** What is said about it. */
  children: ReactNode;
}

/** An operation and what is said about it. */
export function OperationLine({ operation: { method, path, summary }, children }: OperationLineProps) {
  return (
    <div className="min-w-0 flex-1 basis-64">
      <p className="flex items-baseline gap-2">
        <MethodMark method={method} />
        <code className="min-w-0 font-mono text-[0.867rem] [overflow-wrap:anywhere]">{path}</code>
      </p>
      <div className="mt-0.5 text-[0.9rem] sm:pl-[calc(3.36rem+0.5rem)]">
        {summary ? <p className="text-ink-soft">{summary}</p> : null}
        {children}
      </div>
    </div>
  );
}
