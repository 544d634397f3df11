import { useSyncExternalStore } from "react";

/** Below this width there is no room for an editor. */
const EDITOR = "(min-width: 768px)";

export function useIsWide(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = matchMedia(EDITOR);
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => matchMedia(EDITOR).matches,
  );
}
