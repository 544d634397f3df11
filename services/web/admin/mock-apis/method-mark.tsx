import { classNames } from "../../ui/class-names.ts";

const TONES: Record<string, string> = {
  GET: "text-accent",
  HEAD: "text-accent",
  DELETE: "text-danger",
};

/** An HTTP method, as wide as the others. */
export function MethodMark({ method, className }: { method: string; className?: string }) {
  return (
    <span
      className={classNames(
        "inline-block w-[4.2em] shrink-0 font-mono text-[0.8rem] font-[640]",
        TONES[method] ?? "text-warn",
        className,
      )}
    >
      {method}
    </span>
  );
}
