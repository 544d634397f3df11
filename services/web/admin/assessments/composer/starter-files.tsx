import { FilePlus2, FileText, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { AssessmentDraft, InlineFile } from "../../../../shared/contracts/assessment-draft.ts";
import type { StarterImportView } from "../../../../shared/contracts/composer.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { formatBytes } from "../../../ui/time-words.ts";
import { uploadIdOf } from "../../../uploads/upload-item.ts";
import { UploadPanel } from "../../../uploads/upload-panel.tsx";
import { useUploads } from "../../../uploads/use-uploads.ts";
import { InlineFileDialog } from "./inline-file-dialog.tsx";
import type { SectionProps } from "./section-props.ts";
import { StarterSource } from "./starter-source.tsx";

type Starter = AssessmentDraft["starter"];
type PracticeStarter = AssessmentDraft["practiceStarter"];
const ARCHIVES = [".zip", ".tar", ".tar.gz", ".tgz"];

export interface StarterFilesProps<Files extends Starter | PracticeStarter>
  extends Pick<SectionProps, "view"> {
  /** `starter` or `practice`; names its parts for tests. */
  name: string;
  /** One for each thing that is uploaded. */
  scope: string;
  starter: Files;
  /** What is left when an archive is taken away. */
  emptySource: Files["source"];
  onChange: (starter: Files) => void;
}

/** An archive of files, and text files written here that are laid over it. */
export function StarterFiles<Files extends Starter | PracticeStarter>(props: StarterFilesProps<Files>) {
  const { starter, onChange, view, scope } = props;
  const { session, items } = useUploads("starter", scope);
  const stored = items.find(({ phase }) => phase === "stored");
  const storedId = stored ? uploadIdOf(stored) : null;
  const latest = useRef({ starter, onChange });
  latest.current = { starter, onChange };
  useEffect(() => {
    if (storedId === null) return;
    const { starter: current, onChange: change } = latest.current;
    change({ ...current, source: { kind: "upload", uploadId: storedId } });
    session.release();
  }, [storedId, session]);

  const { source } = starter;
  const takesUpload = source.kind === "none" || source.kind === "platform";
  return (
    <div className="flex flex-col gap-4" data-testid={`${props.name}-files`}>
      {takesUpload ? (
        <UploadPanel
          session={session}
          items={items}
          label="Archive"
          title="Drop an archive of files here"
          accept={ARCHIVES}
        >
          .zip, .tar or .tar.gz. Its files become the candidate’s workspace; links and devices in it are
          refused.
        </UploadPanel>
      ) : (
        <StarterSource
          imported={importOf(view.starterImports, source)}
          isVersion={source.kind === "version"}
          onRemove={() => onChange({ ...starter, source: props.emptySource })}
        />
      )}
      <InlineFiles files={starter.files} onChange={(files) => onChange({ ...starter, files })} />
    </div>
  );
}

function importOf(
  imports: readonly StarterImportView[],
  source: Starter["source"] | PracticeStarter["source"],
): StarterImportView | null {
  if (source.kind !== "upload") return null;
  return imports.find(({ uploadId }) => uploadId === source.uploadId) ?? null;
}

interface InlineFilesProps {
  files: readonly InlineFile[];
  onChange: (files: InlineFile[]) => void;
}

function InlineFiles({ files, onChange }: InlineFilesProps) {
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const save = (file: InlineFile) => {
    onChange(
      editing === "new" ? [...files, file] : files.map((old, index) => (index === editing ? file : old)),
    );
    setEditing(null);
  };
  return (
    <div>
      {files.length > 0 ? (
        <ul
          aria-label="Text files written here"
          className="mb-3 divide-y divide-line rounded-lg border border-line"
        >
          {files.map((file, index) => (
            <li key={file.path} className="flex items-center gap-3 py-1.5 pr-1.5 pl-4">
              <FileText aria-hidden size={16} className="shrink-0 text-ink-faint" />
              <code className="min-w-0 flex-1 font-mono text-[0.867rem] [overflow-wrap:anywhere]">
                {file.path}
              </code>
              <span className="text-[0.867rem] text-ink-faint tabular-nums">
                {formatBytes(new Blob([file.text]).size)}
              </span>
              <IconButton label={`Edit ${file.path}`} size="small" onPress={() => setEditing(index)}>
                <Pencil aria-hidden size={15} />
              </IconButton>
              <IconButton
                label={`Remove ${file.path}`}
                size="small"
                onPress={() => onChange(files.filter((_, other) => other !== index))}
              >
                <Trash2 aria-hidden size={15} />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <Button size="small" onPress={() => setEditing("new")} data-testid="add-text-file">
        <FilePlus2 aria-hidden size={15} />
        Write a text file
      </Button>
      {editing === null ? null : (
        <InlineFileDialog
          file={editing === "new" ? null : files[editing]!}
          taken={files.filter((_, index) => index !== editing).map(({ path }) => path)}
          onSave={save}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}
