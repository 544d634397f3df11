import { TextArea } from "../../ui/field.tsx";
import type { NotesState } from "./notes-autosave.ts";
import type { Notes } from "./use-notes.ts";

const WORDS: Record<NotesState["status"], string> = {
  saved: "Saved",
  dirty: "Not saved yet",
  saving: "Saving…",
  failed: "Could not be saved. Trying again.",
};

export function NotesPanel({ notes }: { notes: Notes }) {
  const { state, edit } = notes;
  return (
    <div className="flex h-full flex-col gap-3 p-5">
      <TextArea
        label="Notes to the reviewer"
        description="How to run it, what you decided and why, what you would do next. Markdown is fine."
        value={state.text}
        onChange={edit}
        maxLength={20_000}
        rows={14}
        data-testid="notes"
      />
      <p
        role="status"
        data-testid="notes-status"
        data-status={state.status}
        className={
          state.status === "failed" ? "text-[0.867rem] text-danger" : "text-[0.867rem] text-ink-faint"
        }
      >
        {WORDS[state.status]}
      </p>
    </div>
  );
}
