import { type ReactNode, type Ref, Suspense, useDeferredValue, useId, useRef, useState } from "react";
import { classNames } from "../class-names.ts";
import { Markdown } from "../markdown.tsx";
import { Segmented } from "../segmented.tsx";
import { Skeleton } from "../states.tsx";
import { LazyMarkdownText } from "./lazy-markdown-text.ts";
import type { MarkdownTextHandle } from "./markdown-text.tsx";
import { MarkdownToolbar } from "./markdown-toolbar.tsx";

export interface MarkdownEditorProps {
  label: string;
  description?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  placeholder?: string;
  /** How much of the window it takes. */
  size?: "small" | "large";
  /** Headings of the preview start at this level. */
  headingLevel?: 2 | 3 | 4;
  "data-testid"?: string;
}

type Shown = "write" | "both" | "preview";
const HEIGHTS = { small: "h-60", large: "h-[min(38rem,72dvh)]" };

/** Markdown with its buttons, and what readers will see beside it. */
export function MarkdownEditor({ label, description, value, onChange, error, ...rest }: MarkdownEditorProps) {
  const id = useId();
  const [shown, setShown] = useState<Shown>("both");
  const text = useRef<MarkdownTextHandle>(null);
  const preview = useRef<HTMLElement>(null);
  const follow = (share: number) => {
    const pane = preview.current;
    if (pane) pane.scrollTop = share * (pane.scrollHeight - pane.clientHeight);
  };
  const notes = [description ? `${id}-note` : null, error ? `${id}-error` : null].filter(Boolean).join(" ");
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
          "overflow-hidden rounded-lg border bg-surface",
          "has-[.cm-focused]:outline-2 has-[.cm-focused]:outline-offset-1 has-[.cm-focused]:outline-accent",
          error ? "border-danger" : "border-line-strong",
        )}
      >
        <div className="flex items-center justify-between gap-2 border-b border-line bg-sunken px-1.5 py-1">
          <MarkdownToolbar
            label={`Formatting of ${label}`}
            isDisabled={shown === "preview"}
            onAction={(action) => text.current?.run(action)}
          />
          <ShownChoice label={label} shown={shown} onChange={setShown} />
        </div>
        <div
          className={classNames("grid", HEIGHTS[rest.size ?? "large"], shown === "both" && "md:grid-cols-2")}
        >
          <div className={classNames("min-h-0 min-w-0", shown === "preview" && "hidden")}>
            <Suspense fallback={<Skeleton className="m-4 h-4 w-2/3" />}>
              <LazyMarkdownText
                value={value}
                onChange={onChange}
                labelledBy={`${id}-label`}
                describedBy={notes || undefined}
                isInvalid={Boolean(error)}
                placeholder={rest.placeholder}
                onScroll={follow}
                handle={text}
                data-testid={rest["data-testid"]}
              />
            </Suspense>
          </div>
          {shown === "write" ? null : (
            <PreviewPane
              paneRef={preview}
              label={label}
              text={value}
              headingLevel={rest.headingLevel}
              isBeside={shown === "both"}
            />
          )}
        </div>
      </div>
      {error ? (
        <p id={`${id}-error`} className="text-[0.867rem] text-danger">
          {error}
        </p>
      ) : null}
    </div>
  );
}

interface PreviewPaneProps {
  paneRef: Ref<HTMLElement>;
  label: string;
  text: string;
  headingLevel: 2 | 3 | 4 | undefined;
  isBeside: boolean;
}

/** Behind the typing where the text is long, so that typing never waits. */
function PreviewPane({ paneRef, label, text, headingLevel = 3, isBeside }: PreviewPaneProps) {
  const deferred = useDeferredValue(text);
  return (
    <section
      ref={paneRef}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={`Preview of ${label}`}
      className={classNames(
        "min-h-0 overflow-y-auto bg-page px-5 py-4 focus-visible:-outline-offset-2",
        isBeside && "border-line max-md:hidden md:border-l",
      )}
    >
      {deferred.trim() === "" ? (
        <p className="text-ink-faint">What you write appears here.</p>
      ) : (
        <Markdown text={deferred} headingLevel={headingLevel} />
      )}
    </section>
  );
}

/** On a phone there is no room for both, so `both` counts as writing there. */
function ShownChoice({
  label,
  shown,
  onChange,
}: {
  label: string;
  shown: Shown;
  onChange: (shown: Shown) => void;
}) {
  const write = { value: "write" as const, label: "Write" };
  const preview = { value: "preview" as const, label: "Preview" };
  return (
    <>
      <Segmented
        label={`View of ${label}`}
        options={[write, { value: "both", label: "Both" }, preview]}
        value={shown}
        onChange={onChange}
        className="max-md:hidden"
      />
      <Segmented
        label={`View of ${label}`}
        options={[write, preview]}
        value={shown === "both" ? "write" : shown}
        onChange={onChange}
        className="md:hidden"
      />
    </>
  );
}
