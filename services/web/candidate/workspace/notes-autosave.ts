/** How the notes on the page relate to the ones on the server. */
export interface NotesState {
  text: string;
  status: "saved" | "dirty" | "saving" | "failed";
  /** The text being sent, while `saving`. */
  sending: string | null;
  savedAt: string | null;
}

export type NotesAction =
  | { type: "loaded"; text: string }
  | { type: "edited"; text: string }
  | { type: "sent" }
  | { type: "saved"; at: string }
  | { type: "failed" };

export const NO_NOTES: NotesState = { text: "", status: "saved", sending: null, savedAt: null };

export function reduceNotes(state: NotesState, action: NotesAction): NotesState {
  switch (action.type) {
    case "loaded":
      // What was typed before the server answered is newer than what the server has.
      return state.status === "saved" && state.text === "" ? { ...NO_NOTES, text: action.text } : state;
    case "edited":
      return { ...state, text: action.text, status: state.status === "saving" ? "saving" : "dirty" };
    case "sent":
      return { ...state, status: "saving", sending: state.text };
    case "saved": {
      const unchanged = state.text === state.sending;
      return { ...state, status: unchanged ? "saved" : "dirty", sending: null, savedAt: action.at };
    }
    case "failed":
      return { ...state, status: "failed", sending: null };
  }
}
