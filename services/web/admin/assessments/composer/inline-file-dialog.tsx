import { type FormEvent, useId, useState } from "react";
import { Form } from "react-aria-components";
import type { InlineFile } from "../../../../shared/contracts/assessment-draft.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";

export interface InlineFileDialogProps {
  /** Null writes a new one. */
  file: InlineFile | null;
  /** Paths of the other files. */
  taken: readonly string[];
  onSave: (file: InlineFile) => void;
  onClose: () => void;
}

export function InlineFileDialog({ file, taken, onSave, onClose }: InlineFileDialogProps) {
  const formId = useId();
  const [path, setPath] = useState(file?.path ?? "");
  const [text, setText] = useState(file?.text ?? "");
  const [wasTried, setTried] = useState(false);
  const fault = faultOf(path.trim(), taken);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (fault === null) onSave({ path: path.trim(), text });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title={file ? "Edit the file" : "Write a text file"}
      data-testid="inline-file-dialog"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" data-testid="inline-file-save">
            {file ? "Keep the changes" : "Add the file"}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-4">
        <TextField
          label="Path"
          placeholder="src/README.md"
          mono
          value={path}
          onChange={setPath}
          maxLength={1000}
          autoFocus={!file}
          error={wasTried ? fault : null}
          data-testid="inline-file-path"
        />
        <TextArea
          label="Text"
          mono
          rows={14}
          value={text}
          onChange={setText}
          maxLength={200_000}
          data-testid="inline-file-text"
        />
      </Form>
    </Dialog>
  );
}

function faultOf(path: string, taken: readonly string[]): string | null {
  if (path === "") return "Give it a path.";
  if (path.startsWith("/") || path.split("/").some((part) => part === "" || part === "." || part === ".."))
    return "A path inside the workspace, for example src/app.py.";
  if (taken.includes(path)) return "There is a file with this path already.";
  return null;
}
