import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

/** A surface with a pinked lower edge, like the wordmark's: for the one thing on a page that is handed over. */
export function Swatch({ children, className }: { children: ReactNode; className?: string }) {
  const pattern = useId();
  return (
    <div className={className}>
      <div className="rounded-t-xl border border-b-0 border-line bg-surface p-6 pb-4">{children}</div>
      <svg aria-hidden="true" className={classNames("block h-2 w-full", "text-line")}>
        <defs>
          <pattern id={pattern} width="14" height="8" patternUnits="userSpaceOnUse">
            <path d="M0 0h14L7 7z" className="fill-surface" />
            <path d="M0 0l7 7 7-7" fill="none" stroke="currentColor" />
          </pattern>
        </defs>
        <rect width="100%" height="8" fill={`url(#${pattern})`} />
      </svg>
    </div>
  );
}
