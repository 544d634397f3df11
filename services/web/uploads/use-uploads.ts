import { useSyncExternalStore } from "react";
import type { UploadPurpose } from "../../shared/contracts/upload.ts";
import type { UploadItem } from "./upload-item.ts";
import { UploadSession } from "./upload-session.ts";

const sessions = new Map<string, UploadSession>();

/**
 * The uploads of one thing, for example `dataset:<id>`: they go on while other pages are open, and are found again
 * after a reload.
 */
export function useUploads(
  purpose: UploadPurpose,
  scope: string,
): { session: UploadSession; items: readonly UploadItem[] } {
  let session = sessions.get(scope);
  if (!session) {
    session = new UploadSession(purpose, scope);
    sessions.set(scope, session);
  }
  return { session, items: useSyncExternalStore(session.subscribe, session.items) };
}
