import { classNames } from "./class-names.ts";

/** A swatch with a pinked edge: a sample of work. */
export function Wordmark({ compact }: { compact?: boolean | "phone" }) {
  return (
    <span className="inline-flex items-center gap-2.5">
      <svg aria-hidden="true" viewBox="0 0 24 24" className="size-[1.35rem] text-accent">
        <path fill="currentColor" d="M3 2.5h18v16.2l-3 2.8-3-2.8-3 2.8-3-2.8-3 2.8-3-2.8z" />
        <path
          d="m8 10.7 2.8 2.8L16.2 8"
          className="stroke-on-accent"
          fill="none"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span
        className={classNames(
          compact === true ? "sr-only" : "text-[1.067rem] font-[640] tracking-[-0.025em]",
          compact === "phone" && "max-sm:sr-only",
        )}
      >
        Worksample
      </span>
    </span>
  );
}
