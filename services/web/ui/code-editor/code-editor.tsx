import { lazy, type ReactNode, Suspense, useId } from "react";
import { classNames } from "../class-names.ts";
import { Skeleton } from "../states.tsx";

const CodeText = lazy(() => import("./code-text.tsx"));

export interface CodeEditorProps {
  label: string;
  description?: ReactNode;
  /** Decides about the colours by its ending. */
  fileName: string;
  value: string;
  onChange: (value: string) => void;
  isInvalid?: boolean;
  className?: string;
  "data-testid"?: string;
}

/** Code to write: colours, line numbers, history. Tab leaves it, as everywhere on the page. */
export function CodeEditor({ label, description, isInvalid, className, ...rest }: CodeEditorProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <div>
        <p id={`${id}-label`} className="text-[0.933rem] font-medium">
          {label}
        </p>
        {description ? (
          <p id={`${id}-note`} className="text-[0.867rem] text-ink-faint">
            {description}
          </p>
        ) : null}
      </div>
      <div
        className={classNames(
          "h-[min(36rem,70dvh)] overflow-hidden rounded-lg border bg-surface",
          "has-[.cm-focused]:outline-2 has-[.cm-focused]:outline-offset-1 has-[.cm-focused]:outline-accent",
          isInvalid ? "border-danger" : "border-line-strong",
          className,
        )}
      >
        <Suspense fallback={<Skeleton className="m-4 h-4 w-2/3" />}>
          <CodeText
            {...rest}
            labelledBy={`${id}-label`}
            describedBy={description ? `${id}-note` : undefined}
            isInvalid={isInvalid}
          />
        </Suspense>
      </div>
    </div>
  );
}
