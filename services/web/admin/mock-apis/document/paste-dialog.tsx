import { type FormEvent, useId, useState } from "react";
import { MAX_INLINE_DOCUMENT_CHARACTERS } from "../../../../shared/contracts/mock-api-studio.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import type { DocumentSource } from "../mock-apis-api.ts";

export interface PasteDialogProps {
  isBusy: boolean;
  failure: unknown;
  onSave: (source: DocumentSource) => void;
  onClose: () => void;
}

/** A document as text. */
export function PasteDialog({ isBusy, failure, onSave, onClose }: PasteDialogProps) {
  const formId = useId();
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const problem =
    text.trim() === ""
      ? "Paste the document."
      : text.length > MAX_INLINE_DOCUMENT_CHARACTERS
        ? "This is more than a million characters. Upload it as a file instead."
        : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null)
      onSave({ fileName: text.trimStart().startsWith("{") ? "pasted.json" : "pasted.yaml", text });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={isBusy}
      size="large"
      title="Paste the document"
      data-testid="paste-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" isPending={isBusy} data-testid="paste-save">
            Check it
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} noValidate className="flex flex-col gap-4 text-ink">
        <TextArea
          label="OpenAPI document"
          description="YAML or JSON, as it is."
          mono
          rows={14}
          spellCheck="false"
          value={text}
          onChange={setText}
          error={isTried ? problem : null}
          data-testid="paste-text"
        />
        {failure ? <ErrorState error={failure} /> : null}
      </form>
    </Dialog>
  );
}
