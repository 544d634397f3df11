import { useState } from "react";
import type { InlineFile } from "../../../../shared/contracts/assessment-draft.ts";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";

export interface InlineFileDialogProps {
  /** Null writes a new one. */
  file: InlineFile | null;
  /** Paths of the other files. */
  taken: readonly string[];
  onSave: (file: InlineFile) => void;
  onClose: () => void;
}

export function InlineFileDialog({ file, taken, onSave, onClose }: InlineFileDialogProps) {
  const [path, setPath] = useState(file?.path ?? "");
  const [text, setText] = useState(file?.text ?? "");
  const [wasTried, setTried] = useState(false);
  const fault = faultOf(path.trim(), taken);
  const submit = () => {
    setTried(true);
    if (fault === null) onSave({ path: path.trim(), text });
  };
  return (
    <FormDialog
      name="inline-file"
      size="large"
      title={file ? "Edit the file" : "Write a text file"}
      confirmLabel={file ? "Keep the changes" : "Add the file"}
      onClose={onClose}
      onSubmit={submit}
    >
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
    </FormDialog>
  );
}

function faultOf(path: string, taken: readonly string[]): string | null {
  if (path === "") return "Give it a path.";
  if (path.startsWith("/") || path.split("/").some((part) => part === "" || part === "." || part === ".."))
    return "A path inside the workspace, for example src/app.py.";
  if (taken.includes(path)) return "There is a file with this path already.";
  return null;
}
