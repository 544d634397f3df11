import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { ErrorState } from "../ui/states.tsx";
import { openWorkspaceTab } from "./open-workspace-tab.ts";
import type { RequestLink } from "./use-workspace-link.ts";

/** A port the sandbox lets a preview reach, or null. */
export function parsePort(text: string): number | null {
  const port = /^\d{4,5}$/.test(text.trim()) ? Number(text) : 0;
  return port >= 1024 && port <= 65535 ? port : null;
}

export interface PreviewDialogProps {
  requestLink: RequestLink;
  /** Whose app it is, for example `Preview your app`. */
  title: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Opens the app in a workspace, on its own origin, in a new tab. */
export function PreviewDialog({ requestLink, title, isOpen, onClose }: PreviewDialogProps) {
  const [text, setText] = useState("8000");
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const port = parsePort(text);

  const open = async () => {
    if (port === null) return;
    setPending(true);
    setError(null);
    try {
      await openWorkspaceTab(requestLink, port);
      onClose();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      data-testid="preview-dialog"
      footer={
        <Button
          variant="primary"
          onPress={() => void open()}
          isPending={pending}
          isDisabled={port === null}
          data-testid="preview-open"
        >
          <ExternalLink aria-hidden size={16} /> Open in a new tab
        </Button>
      }
    >
      <p className="mb-4">
        Start the app in the terminal first. Any port from 1024 on works; only you can open it.
      </p>
      <TextField
        label="Port"
        value={text}
        onChange={setText}
        inputMode="numeric"
        error={text && port === null ? "A number from 1024 to 65535." : undefined}
        className="max-w-40"
        mono
        autoFocus
        data-testid="preview-port"
        onKeyDown={(event) => event.key === "Enter" && void open()}
      />
      {error ? <ErrorState error={error} className="mt-4" /> : null}
    </Dialog>
  );
}
