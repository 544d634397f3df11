import type { RequestLink } from "./use-workspace-link.ts";

/**
 * Opens the editor, or the app on a port, in a tab of its own. Call it from a press: the window is opened before the
 * link is there, since one opened after a wait counts as a pop-up and is blocked.
 * @throws the failure of the link; the tab is closed again
 */
export async function openWorkspaceTab(requestLink: RequestLink, target: "ide" | number): Promise<void> {
  const tab = window.open("about:blank", "_blank");
  if (tab) tab.opener = null;
  try {
    const { url } = await requestLink(target);
    if (tab) tab.location.replace(url);
    else window.location.assign(url);
  } catch (failure) {
    tab?.close();
    throw failure;
  }
}
