import { useState } from "react";
import { MAX_INLINE_DOCUMENT_CHARACTERS } from "../../../../shared/contracts/mock-api-studio.ts";
import { TextArea } from "../../../ui/field.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import type { DocumentSource } from "../mock-apis-api.ts";

export interface PasteDialogProps {
  isBusy: boolean;
  failure: unknown;
  onSave: (source: DocumentSource) => void;
  onClose: () => void;
}

/** A document as text. */
export function PasteDialog({ isBusy, failure, onSave, onClose }: PasteDialogProps) {
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const problem =
    text.trim() === ""
      ? "Paste the document."
      : text.length > MAX_INLINE_DOCUMENT_CHARACTERS
        ? "This is more than a million characters. Upload it as a file instead."
        : null;
  const save = () => {
    setTried(true);
    if (problem === null)
      onSave({ fileName: text.trimStart().startsWith("{") ? "pasted.json" : "pasted.yaml", text });
  };
  return (
    <FormDialog
      name="paste"
      size="large"
      title="Paste the document"
      confirmLabel="Check it"
      onClose={onClose}
      onSubmit={save}
      isPending={isBusy}
      error={failure}
    >
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
    </FormDialog>
  );
}
