import { UploadCloud } from "lucide-react";
import { type ReactNode, useState } from "react";
import {
  DropZone as AriaDropZone,
  type DropZoneProps as AriaDropZoneProps,
  FileTrigger,
  Text,
} from "react-aria-components";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";

type DropEvent = Parameters<NonNullable<AriaDropZoneProps["onDrop"]>>[0];

export interface DropZoneProps {
  /** Gets what was dropped, chosen or pasted, in that order; folders are left out. */
  onFiles: (files: File[]) => void;
  /** Endings such as `.csv`: what the file dialog offers. Dropped files are not judged by their name. */
  accept?: readonly string[];
  allowsMultiple?: boolean;
  title: ReactNode;
  /** What may be brought, in a sentence or two. */
  children?: ReactNode;
  buttonLabel?: string;
  /** One line, beside a list that already has something in it. */
  compact?: boolean;
  isDisabled?: boolean;
  className?: string;
  "data-testid"?: string;
}

/** Files by drag and drop, by paste, or by the browser's own dialog. */
export function DropZone({ onFiles, title, children, compact, ...props }: DropZoneProps) {
  const [folders, setFolders] = useState(0);
  const receive = async (event: DropEvent) => {
    const found = await filesOf(event);
    setFolders(event.items.length - found.length);
    const files = props.allowsMultiple ? found : found.slice(0, 1);
    if (files.length > 0) onFiles(files);
  };
  return (
    <AriaDropZone
      onDrop={(event) => void receive(event)}
      isDisabled={props.isDisabled}
      data-testid={props["data-testid"]}
      className={classNames(
        "flex items-center rounded-xl border-2 border-dashed border-line-strong/50 bg-surface transition-colors",
        "data-drop-target:border-accent data-drop-target:bg-accent-soft data-focus-visible:border-accent data-disabled:opacity-60",
        compact ? "flex-wrap gap-x-4 gap-y-2 px-4 py-3" : "flex-col gap-3 px-6 py-12 text-center",
        props.className,
      )}
    >
      <UploadCloud aria-hidden size={compact ? 20 : 34} className="shrink-0 text-ink-faint" />
      <div className={classNames(compact ? "min-w-0 flex-1" : "max-w-prose")}>
        <Text slot="label" className={compact ? "font-medium" : "block text-[1.067rem] font-[620]"}>
          {title}
        </Text>
        {children ? <div className="mt-1 text-[0.9rem] text-ink-soft">{children}</div> : null}
        {folders > 0 ? (
          <p role="status" className="mt-1 text-[0.9rem] text-warn">
            A folder cannot be taken. Pack it as a zip or tar.gz, or choose the files in it.
          </p>
        ) : null}
      </div>
      <ChooseButton {...props} onFiles={onFiles} compact={compact} />
    </AriaDropZone>
  );
}

function ChooseButton(props: Omit<DropZoneProps, "title" | "children">) {
  return (
    <FileTrigger
      acceptedFileTypes={props.accept}
      allowsMultiple={props.allowsMultiple}
      onSelect={(list) => list && list.length > 0 && props.onFiles([...list])}
    >
      <Button
        variant={props.compact ? "secondary" : "primary"}
        size={props.compact ? "small" : "medium"}
        isDisabled={props.isDisabled}
      >
        {props.buttonLabel ?? (props.allowsMultiple ? "Choose files" : "Choose a file")}
      </Button>
    </FileTrigger>
  );
}

async function filesOf(event: DropEvent): Promise<File[]> {
  const files = event.items.map((item) => (item.kind === "file" ? item.getFile() : null));
  return (await Promise.all(files)).filter((file) => file !== null);
}
