import { useState } from "react";
import { TextArea } from "../../../ui/field.tsx";
import type { GapAt } from "./gaps.ts";

export interface PatternListProps {
  label: string;
  description: string;
  /** Into the draft; the elements are `<path>.0` and so on. */
  path: string;
  patterns: readonly string[];
  gapAt: GapAt;
  onChange: (patterns: string[]) => void;
}

/** Names of packages, one a line. What is typed stays as it is typed; empty lines count for nothing. */
export function PatternList({ label, description, path, patterns, gapAt, onChange }: PatternListProps) {
  const [text, setText] = useState(patterns.join("\n"));
  const isTyped = linesOf(text).join("\n") === patterns.join("\n");
  const problem = patterns.map((_, index) => gapAt(`${path}.${index}`)).find((one) => one !== null);
  return (
    <div data-path={path}>
      <TextArea
        label={label}
        description={description}
        rows={4}
        grows
        mono
        spellCheck="false"
        // Somebody else's list, when the newer draft was loaded, replaces what was typed.
        value={isTyped ? text : patterns.join("\n")}
        onChange={(next) => {
          setText(next);
          onChange(linesOf(next));
        }}
        error={problem ?? gapAt(path)}
        data-testid={path}
      />
    </div>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
