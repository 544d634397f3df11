import { useState } from "react";
import { sameJson } from "../../../drafts/merge.ts";
import type { Draft } from "../../../drafts/use-draft.ts";
import { Banner } from "../../../ui/banner.tsx";
import { Button } from "../../../ui/button.tsx";
import { CodeEditor } from "../../../ui/code-editor/code-editor.tsx";
import { useLeaveWarning } from "../../../ui/save-mark.tsx";
import type { DraftContent } from "../use-mock-api-draft.ts";
import { readBindings, writeBindings } from "./read-bindings.ts";

/** The answers as they are stored. What is written counts once it is taken over, which only what fits can be. */
export function BindingsEditor({ draft }: { draft: Pick<Draft<DraftContent>, "content" | "edit"> }) {
  const { bindings } = draft.content;
  // Null while nothing is typed: then it shows what the draft has, also when that changes elsewhere.
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null ? null : readBindings(typed);
  const isChanged = read !== null && (read.problems !== null || !sameJson(read.bindings, bindings));
  useLeaveWarning(isChanged, "What you typed has not been taken over. Leave all the same?");
  return (
    <div className="flex flex-col gap-4" data-testid="bindings-editor">
      <CodeEditor
        label="Answers as JSON"
        description="Collections bind tables, operations say what they do. Times, keys and limits are here, too. Empty for none."
        fileName="bindings.json"
        value={typed ?? writeBindings(bindings)}
        onChange={setTyped}
        isInvalid={read?.problems != null}
        data-testid="bindings-text"
      />
      {read?.problems ? (
        <Banner
          tone="danger"
          role="status"
          title="This cannot be taken over yet"
          data-testid="bindings-problems"
        >
          <ul className="list-disc pl-5">
            {read.problems.map(({ path, message }) => (
              <li key={path + message} className="[overflow-wrap:anywhere]">
                {path ? <code className="font-mono text-[0.9em] text-ink">{path}</code> : null} {message}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          isDisabled={!isChanged || read?.problems != null}
          onPress={() => {
            if (read?.problems === null) draft.edit((content) => ({ ...content, bindings: read.bindings }));
            setTyped(null);
          }}
          data-testid="apply-bindings"
        >
          Take over
        </Button>
        <Button isDisabled={typed === null} onPress={() => setTyped(null)}>
          Undo what I typed
        </Button>
      </div>
    </div>
  );
}
