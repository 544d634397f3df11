import { CircleAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { ProblemError } from "../api-client/problem-error.ts";
import { Button } from "../ui/button.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { RequestId } from "../ui/states.tsx";
import { type LinkRequest, useWorkspaceLink } from "./use-workspace-link.ts";

export interface WorkspaceFrameProps extends LinkRequest {
  /** Names the frame for screen readers. */
  title: string;
}

/** VS Code, on the sandbox's own origin, entered by a one-time link. */
export function WorkspaceFrame({ title, ...link }: WorkspaceFrameProps) {
  const { url, error, loaded, onLoad, retry } = useWorkspaceLink(link);
  const away =
    link.sandboxState === "lost" || link.sandboxState === "removed" || link.sandboxState === "starting";
  return (
    <div className="absolute inset-0 bg-sunken">
      {url ? (
        <iframe
          key={url}
          src={url}
          title={title}
          allow="clipboard-read; clipboard-write; fullscreen"
          className="size-full border-0"
          onLoad={onLoad}
          data-testid="workspace-frame"
        />
      ) : null}
      {away ? (
        <Overlay
          icon={<Spinner className="size-6 text-accent" />}
          title="Your workspace is being brought back"
          testId="workspace-away"
        >
          It stopped on our side. Your files come back from the last save, and the time is credited to you.
        </Overlay>
      ) : error ? (
        <LinkFailure error={error} onRetry={retry} />
      ) : loaded ? null : (
        <Overlay
          icon={<Spinner className="size-6 text-accent" />}
          title="Opening the editor"
          testId="workspace-opening"
        />
      )}
    </div>
  );
}

function LinkFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { problem, transient } = ProblemError.from(error);
  return (
    <Overlay
      icon={<CircleAlert aria-hidden className="text-danger" />}
      title={problem.title}
      testId="workspace-link-failed"
      actions={
        <Button onPress={onRetry}>
          <RotateCw aria-hidden size={16} /> Try again now
        </Button>
      }
    >
      {problem.hint} {transient ? "We also try again by ourselves." : null}
      {problem.requestId ? <RequestId id={problem.requestId} /> : null}
    </Overlay>
  );
}

export interface OverlayProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  testId: string;
}

/** Covers the editor while it cannot be used. */
export function Overlay({ icon, title, children, actions, testId }: OverlayProps) {
  return (
    <div
      role="status"
      data-testid={testId}
      className="absolute inset-0 z-10 flex flex-col items-center justify-center gap-2 bg-page/95 px-6 text-center"
    >
      <div className="mb-2">{icon}</div>
      <p className="text-[1.2rem] font-[640]">{title}</p>
      {children ? <div className="max-w-[46ch] text-ink-soft">{children}</div> : null}
      {actions ? <div className="mt-4 flex gap-2">{actions}</div> : null}
    </div>
  );
}
