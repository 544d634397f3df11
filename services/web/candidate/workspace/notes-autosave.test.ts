import { expect, it } from "vitest";
import { NO_NOTES, type NotesAction, reduceNotes } from "./notes-autosave.ts";

const after = (...actions: NotesAction[]) => actions.reduce(reduceNotes, NO_NOTES);
const at = "2026-03-01T09:00:00.000Z";

it("is saved once the server has exactly what is on the page", () => {
  expect(after({ type: "edited", text: "a" }, { type: "sent" }, { type: "saved", at })).toMatchObject({
    status: "saved",
    text: "a",
    savedAt: at,
  });
});

it("stays unsaved when more was typed while a save was on its way", () => {
  const state = after({ type: "edited", text: "a" }, { type: "sent" }, { type: "edited", text: "ab" });
  expect(state.status).toBe("saving");
  expect(reduceNotes(state, { type: "saved", at })).toMatchObject({ status: "dirty", text: "ab" });
});

it("keeps the text of a failed save and takes it up again with the next edit", () => {
  const failed = after({ type: "edited", text: "a" }, { type: "sent" }, { type: "failed" });
  expect(failed).toMatchObject({ status: "failed", text: "a", sending: null });
  expect(reduceNotes(failed, { type: "edited", text: "ab" }).status).toBe("dirty");
});

it("does not let late notes from the server overwrite what was typed", () => {
  expect(after({ type: "edited", text: "mine" }, { type: "loaded", text: "old" }).text).toBe("mine");
  expect(after({ type: "loaded", text: "old" }).text).toBe("old");
});
