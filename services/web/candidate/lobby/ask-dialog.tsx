import { type FormEvent, useId, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { REQUEST_WORDS, type RequestKind } from "./request-words.ts";

export interface AskDialogProps {
  kind: RequestKind;
  onClose: () => void;
  onAsk: (request: { kind: RequestKind; message: string; wantedDate?: string }) => void;
  isPending: boolean;
  error: unknown;
}

export function AskDialog({ kind, onClose, onAsk, isPending, error }: AskDialogProps) {
  const formId = useId();
  const [message, setMessage] = useState("");
  const [wantedDate, setWantedDate] = useState("");
  const [wasTried, setTried] = useState(false);
  const words = REQUEST_WORDS[kind];
  const isMissing = message.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isMissing) onAsk({ kind, message: message.trim(), ...(wantedDate === "" ? {} : { wantedDate }) });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={isPending}
      title={words.title}
      data-testid="ask-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isPending={isPending} data-testid="ask-send">
            Send
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-4">
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
        {error ? <ErrorState error={error} /> : null}
      </Form>
    </Dialog>
  );
}
