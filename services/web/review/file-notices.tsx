import type { FileView, SubmissionEntry } from "../../shared/contracts/review.ts";
import { Banner } from "../ui/banner.tsx";
import { formatBytes, plural } from "../ui/time-words.ts";
import { differOnlyInLineEndings, LONG_LINE, type TextFacts } from "./text-facts.ts";

export interface FileNoticesProps {
  entry: SubmissionEntry;
  file: FileView;
  starter: FileView | null;
  facts: TextFacts | null;
}

/** What a reader must know before judging the text on the screen. */
export function FileNotices({ entry, file, starter, facts }: FileNoticesProps) {
  return (
    <div data-testid="file-notices">
      {entry.change === "deleted" ? (
        <Notice tone="warn">The candidate deleted this file. Below is the starter’s version.</Notice>
      ) : null}
      {facts && facts.hiddenCharacters > 0 ? <HiddenNotice facts={facts} /> : null}
      {file.truncated ? (
        <Notice tone="warn">
          Only the beginning is shown: {formatBytes(new Blob([file.text ?? ""]).size)} of{" "}
          {formatBytes(file.size)}.
        </Notice>
      ) : null}
      {file.redacted ? (
        <Notice>
          Passages that could identify the candidate are replaced, for example by{" "}
          <code>[candidate name]</code>.
        </Notice>
      ) : null}
      {file.text !== null && starter?.text != null && differOnlyInLineEndings(file.text, starter.text) ? (
        <Notice>Only the line endings differ from the starter; the text is the same.</Notice>
      ) : null}
      {facts && facts.longestLine > LONG_LINE ? (
        <Notice>
          The longest line has {facts.longestLine.toLocaleString("en")} characters, so the text is shown
          without colours. It is probably generated or minified.
        </Notice>
      ) : null}
    </div>
  );
}

function HiddenNotice({ facts }: { facts: TextFacts }) {
  return (
    <Notice tone={facts.changesDirection ? "danger" : "warn"}>
      {facts.hiddenCharacters.toLocaleString("en")} hidden {plural(facts.hiddenCharacters, "character")}{" "}
      {facts.hiddenCharacters === 1 ? "is" : "are"} shown as a label.
      {facts.changesDirection
        ? " Some change the direction of reading, which can make code look like other code."
        : ""}
    </Notice>
  );
}

function Notice({ tone, children }: { tone?: "warn" | "danger"; children: React.ReactNode }) {
  return (
    <Banner tone={tone} flush className="py-2! text-[0.84rem]!">
      {children}
    </Banner>
  );
}
