import { useEffect, useRef } from "react";
import { type ShortcutAction, shortcutFor } from "./shortcuts.ts";
import { takesText } from "./typing-target.ts";

/** Listens on the whole page; leaves alone every key that could be text. */
export function useShortcuts(onAction: (action: ShortcutAction) => void): void {
  const latest = useRef(onAction);
  latest.current = onAction;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { key, ctrlKey, metaKey, altKey } = event;
      const isDialogOpen = document.querySelector("[role=dialog], [role=alertdialog]") !== null;
      const action = shortcutFor({ key, ctrlKey, metaKey, altKey, typing: isDialogOpen || takesText(event) });
      if (!action) return;
      event.preventDefault();
      latest.current(action);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
