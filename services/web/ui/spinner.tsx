import { classNames } from "./class-names.ts";

/** Purely visual: whoever uses it says in words what is going on. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className={classNames("size-4 shrink-0 animate-spin", className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    >
      <path d="M8 1.8a6.2 6.2 0 1 1-6.2 6.2" />
    </svg>
  );
}
