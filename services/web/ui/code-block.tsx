import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

/** Copies; says whether it worked, since a browser may refuse. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
    } catch {
      setCopied(false);
    }
  };
  return (
    <IconButton label={copied ? "Copied" : label} size="small" onPress={() => void copy()}>
      {copied ? <Check aria-hidden size={15} className="text-accent" /> : <Copy aria-hidden size={15} />}
    </IconButton>
  );
}

export interface CodeBlockProps {
  code: string;
  /** Names the block and its copy button. */
  label: string;
  wrap?: boolean;
  className?: string;
}

/** Text to read and copy, as it is. For editing or highlighting use an editor. */
export function CodeBlock({ code, label, wrap, className }: CodeBlockProps) {
  return (
    <div className={classNames("relative rounded-lg border border-line bg-sunken", className)}>
      <div className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={code} label={`Copy ${label}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className="overflow-x-auto rounded-lg">
        <pre
          className={classNames(
            "py-2.5 pr-12 pl-3.5 font-mono text-[0.85rem] leading-relaxed",
            wrap && "whitespace-pre-wrap break-words",
          )}
        >
          {code}
        </pre>
      </section>
    </div>
  );
}
