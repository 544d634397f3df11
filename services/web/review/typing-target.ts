/** Inputs that take no letters, where a shortcut steals nothing. */
const SILENT_INPUTS = new Set(["radio", "checkbox", "button", "submit", "reset", "range", "file", "color"]);

/** True where a key press is (or may be) text: fields, editable regions, menus with type-ahead, open dialogs. */
export function takesText(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof Element && ownsLetters(target));
}

function ownsLetters(element: Element): boolean {
  if (element instanceof HTMLInputElement) return !SILENT_INPUTS.has(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  const role = element.getAttribute("role");
  if (role === "listbox" || role === "menu" || role === "dialog" || role === "alertdialog") return true;
  // A read-only viewer is editable to the browser so that it has a caret, but takes no letters.
  return (
    element instanceof HTMLElement &&
    element.isContentEditable &&
    element.getAttribute("aria-readonly") !== "true" &&
    element.hasAttribute("contenteditable")
  );
}
