import { useSyncExternalStore } from "react";

export type CheckState = "good" | "warn" | "bad" | "open";

export interface SystemCheck {
  id: string;
  label: string;
  state: CheckState;
  detail: string;
}

export interface BrowserFacts {
  webSocket: boolean;
  cookies: boolean;
  live: boolean;
  width: number;
  /** The practice workspace was opened on this browser. */
  practised: boolean;
}

/** Narrower than this, an editor beside a brief is no fun. */
const COMFORTABLE_WIDTH = 1100;
const LEAST_WIDTH = 768;

/** Judges whether this browser can do the assessment. */
export function checkSystem(facts: BrowserFacts): SystemCheck[] {
  return [
    facts.webSocket && facts.cookies
      ? { id: "browser", label: "Browser", state: "good", detail: "Has what the editor needs." }
      : {
          id: "browser",
          label: "Browser",
          state: "bad",
          detail: facts.cookies
            ? "WebSockets are missing. Use a current Chrome, Edge, Firefox or Safari."
            : "Cookies are blocked. Allow them for this site.",
        },
    facts.live
      ? { id: "connection", label: "Connection", state: "good", detail: "A live connection to us stands." }
      : {
          id: "connection",
          label: "Connection",
          state: "warn",
          detail: "No live connection yet. A proxy or VPN may be in the way.",
        },
    screenCheck(facts.width),
    facts.practised
      ? { id: "editor", label: "Editor", state: "good", detail: "You have opened the practice workspace." }
      : {
          id: "editor",
          label: "Editor",
          state: "open",
          detail: "Open the practice workspace: if the editor appears, all is well.",
        },
  ];
}

function screenCheck(width: number): SystemCheck {
  const check = { id: "screen", label: "Screen" };
  if (width >= COMFORTABLE_WIDTH) return { ...check, state: "good", detail: "Wide enough." };
  return width >= LEAST_WIDTH
    ? { ...check, state: "warn", detail: "It will do. A wider window is more comfortable." }
    : { ...check, state: "bad", detail: "Too small to write code. Open your link on a computer." };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}

/** The window's width in CSS pixels. */
export function useWindowWidth(): number {
  return useSyncExternalStore(subscribe, () => window.innerWidth);
}
