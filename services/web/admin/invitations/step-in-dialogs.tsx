import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BoardItem } from "../../../shared/contracts/admin.ts";
import { api } from "../../api-client/client.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast.tsx";
import { BOARD_KEY } from "../admin-api.ts";

export type StepIn = "message" | "pause" | "resume" | "end";

export interface StepInDialogProps {
  item: BoardItem;
  onClose: () => void;
}

interface Asked {
  title: string;
  confirmLabel: string;
  variant?: "primary" | "danger";
  act: (text: string) => Promise<unknown>;
  done: string;
  /** What is typed; null when nothing is. */
  field: { label: string; description: string; placeholder?: string; rows?: number; missing: string } | null;
  words: string;
}

/** Stepping in while somebody works: each says first what it means for the candidate. */
export function StepInDialog({ step, item, onClose }: StepInDialogProps & { step: StepIn }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [wasTried, setTried] = useState(false);
  const asked = ASKED[step](item.candidateName, item.attempt!.id);
  const { field } = asked;
  const isMissing = field !== null && text.trim() === "";
  const acting = useMutation({
    mutationFn: () => asked.act(text.trim()),
    onSuccess: () => {
      onClose();
      showToast({ tone: "good", title: asked.done });
      void client.invalidateQueries({ queryKey: BOARD_KEY });
      void client.invalidateQueries({ queryKey: ["admin", "invitation", item.invitationId] });
    },
  });
  const confirm = () => {
    setTried(true);
    if (!isMissing) acting.mutate();
  };
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={asked.title}
      confirmLabel={asked.confirmLabel}
      variant={asked.variant}
      onConfirm={confirm}
      isBusy={acting.isPending}
      failure={acting.error ? <ErrorState error={acting.error} /> : null}
      data-testid={`${step}-dialog`}
    >
      <p>{asked.words}</p>
      {field ? (
        <TypedField
          field={field}
          value={text}
          onChange={setText}
          error={wasTried && isMissing ? field.missing : null}
          testId={`${step}-text`}
        />
      ) : null}
    </ConfirmDialog>
  );
}

interface TypedFieldProps {
  field: NonNullable<Asked["field"]>;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
  testId: string;
}

function TypedField({ field, testId, ...value }: TypedFieldProps) {
  const { label, description, placeholder, rows } = field;
  const props = { label, description, placeholder, ...value, className: "mt-4", "data-testid": testId };
  return rows ? (
    <TextArea {...props} rows={rows} maxLength={1000} />
  ) : (
    <TextField {...props} maxLength={200} />
  );
}

const ASKED: Record<StepIn, (name: string, attemptId: string) => Asked> = {
  message: (name, id) => ({
    title: `Write to ${name}`,
    confirmLabel: "Send",
    words: "It appears at once on the page they work on, and stays until they put it away.",
    act: (text) => api.messageCandidate(id, { text }),
    done: `${name} sees your message`,
    field: {
      label: "Message",
      description: "You will see when it was read. Do not help with the task: others get no help.",
      rows: 4,
      missing: "Write a message.",
    },
  }),
  pause: (name, id) => ({
    title: `Pause for ${name}?`,
    confirmLabel: "Pause",
    words:
      "For a fault of ours. Clock and workspace stop at once; when you let it go on, the time is given back to the second. A pause does not end by itself.",
    act: (text) => api.pauseAttempt(id, { reason: text }),
    done: `The clock of ${name} stands still`,
    field: {
      label: "What happened",
      description: "The candidate reads this.",
      placeholder: "Our mock API does not answer. We are on it.",
      missing: "Say why, in a few words.",
    },
  }),
  resume: (name, id) => ({
    title: `Let ${name} go on?`,
    confirmLabel: "Go on",
    words:
      "Workspace and clock start again in a moment, with the time given back. Make sure that the candidate knows: nobody else tells them, unless their page is open.",
    act: () => api.resumeAttempt(id),
    done: `${name} can go on in a moment`,
    field: null,
  }),
  end: (name, id) => ({
    title: `End the attempt of ${name}?`,
    confirmLabel: "End and submit",
    variant: "danger",
    words:
      "What is there now is sealed and goes to review, as if the candidate had submitted. It cannot be undone.",
    act: (text) => api.endAttempt(id, { reason: text }),
    done: `The work of ${name} is being sealed`,
    field: {
      label: "Reason",
      description: "For the audit log.",
      placeholder: "Agreed with the candidate by phone",
      missing: "Say why, in a few words.",
    },
  }),
};
