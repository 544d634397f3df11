import { useCallback } from "react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { showToast } from "../ui/toast.tsx";

/** Copies a personal link and says so; where the browser refuses, the link itself is shown to copy by hand. */
export function useCopyLink(): (item: BoardItem) => Promise<void> {
  return useCallback(async (item) => {
    try {
      await navigator.clipboard.writeText(item.link);
      showToast({ tone: "good", title: "Link copied", text: `It is for ${item.candidateName} alone.` });
    } catch {
      showToast({ tone: "warn", title: "Copy this link by hand", text: item.link }, 0);
    }
  }, []);
}
