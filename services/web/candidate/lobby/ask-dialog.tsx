import { useState } from "react";
import { TextArea, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { REQUEST_WORDS, type RequestKind } from "./request-words.ts";

export interface AskDialogProps {
  kind: RequestKind;
  onClose: () => void;
  onAsk: (request: { kind: RequestKind; message: string; wantedDate?: string }) => void;
  isPending: boolean;
  error: unknown;
}

export function AskDialog({ kind, onClose, onAsk, isPending, error }: AskDialogProps) {
  const [message, setMessage] = useState("");
  const [wantedDate, setWantedDate] = useState("");
  const [wasTried, setTried] = useState(false);
  const words = REQUEST_WORDS[kind];
  const isMissing = message.trim() === "";
  const submit = () => {
    setTried(true);
    if (!isMissing) onAsk({ kind, message: message.trim(), ...(wantedDate === "" ? {} : { wantedDate }) });
  };
  return (
    <FormDialog
      name="ask"
      title={words.title}
      confirmLabel="Send"
      onClose={onClose}
      onSubmit={submit}
      isPending={isPending}
      error={error}
    >
      <TextArea
        label="What you need"
        description={words.hint}
        placeholder={words.example}
        rows={4}
        maxLength={2000}
        value={message}
        onChange={setMessage}
        error={wasTried && isMissing ? "Write a sentence or two." : null}
        data-testid="ask-message"
      />
      {kind === "new_date" ? (
        <TextField
          label="The day you hope for"
          description="If you know it."
          type="date"
          value={wantedDate}
          onChange={setWantedDate}
          className="max-w-56"
          data-testid="ask-date"
        />
      ) : null}
    </FormDialog>
  );
}
