import { useCallback, useEffect, useRef, useState } from "react";
import type { SandboxState } from "../../shared/contracts/common.ts";
import { ProblemError } from "../api-client/problem-error.ts";

/** Asks for a one-time address into a sandbox: of the editor, or of the app on a port. @throws ProblemError */
export type RequestLink = (target: "ide" | number) => Promise<{ url: string }>;

export interface LinkRequest {
  requestLink: RequestLink;
  attemptId: string;
  sandboxState: SandboxState | null;
  generation?: number;
}

const RETRY_MS = 5_000;

/**
 * A fresh one-time link whenever the editor has to be entered: at first, after the sandbox was replaced, and on
 * demand. A link works once and for a minute, so it is never kept.
 */
export function useWorkspaceLink({ requestLink, attemptId, sandboxState, generation = 0 }: LinkRequest) {
  const [link, setLink] = useState<{ url: string; loaded: boolean } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [tries, setTries] = useState(0);
  const usable = sandboxState === null || sandboxState === "ready" || sandboxState === "frozen";
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt, generation or try means a new link
  useEffect(() => {
    if (!usable) return;
    let current = true;
    setLink(null);
    setError(null);
    requestLink("ide").then(
      ({ url }) => current && setLink({ url, loaded: false }),
      (failure) => {
        if (!current) return;
        setError(failure);
        if (ProblemError.from(failure).transient)
          timer.current = setTimeout(() => setTries((count) => count + 1), RETRY_MS);
      },
    );
    return () => {
      current = false;
      clearTimeout(timer.current);
    };
  }, [attemptId, usable, generation, tries]);

  return {
    url: link?.url ?? null,
    loaded: link?.loaded ?? false,
    error,
    onLoad: useCallback(() => setLink((now) => now && { ...now, loaded: true }), []),
    retry: useCallback(() => setTries((count) => count + 1), []),
  };
}
