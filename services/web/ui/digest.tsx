import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { LiveRegion } from "./toast.tsx";

export interface DigestProps {
  /** The whole value; this is what is copied. */
  value: string;
  /** What it is of, for the button's name: `Copy the digest of tickets.csv`. */
  of: string;
  /** How many characters are shown. */
  shown?: number;
  className?: string;
}

/** The beginning of a digest, and the whole of it on the clipboard. */
export function Digest({ value, of, shown = 12, className }: DigestProps) {
  const [outcome, setOutcome] = useState<"" | "Copied" | "Could not be copied">("");
  useEffect(() => {
    if (outcome === "") return;
    const timer = setTimeout(() => setOutcome(""), 2_000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setOutcome("Copied"),
      () => setOutcome("Could not be copied"),
    );
  return (
    <span className={classNames("inline-flex items-center gap-0.5", className)}>
      <code className="font-mono text-[0.85rem]" title={value}>
        {value.slice(0, shown)}
        {value.length > shown ? "…" : ""}
      </code>
      <IconButton label={`Copy the digest of ${of}`} size="small" onPress={() => void copy()}>
        {outcome === "Copied" ? (
          <Check aria-hidden size={14} className="text-accent" />
        ) : (
          <Copy aria-hidden size={14} />
        )}
      </IconButton>
      <LiveRegion message={outcome} />
    </span>
  );
}
