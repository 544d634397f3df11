import { FileArchive, FileSymlink, FileX } from "lucide-react";
import { lazy, Suspense } from "react";
import type { FileView, SubmissionEntry } from "../../shared/contracts/review.ts";
import { EmptyState, SkeletonText } from "../ui/states.tsx";
import { formatBytes } from "../ui/time-words.ts";
import type { CodeViewHandle } from "./code/code-view.tsx";
import type { FileSettings } from "./file-pane.tsx";
import type { LineRange } from "./file-reference.ts";
import { VisibleName } from "./visible-name.tsx";

const CodeView = lazy(() => import("./code/code-view.tsx"));

/** Image types a browser decodes safely; anything else named by the server is not shown. */
const IMAGE_TYPES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

export interface FileBodyProps {
  entry: SubmissionEntry;
  file: FileView;
  original: string | null;
  settings: FileSettings;
  reveal: LineRange | null;
  onSelectLines: (lines: LineRange | null) => void;
  viewer: React.RefObject<CodeViewHandle | null>;
}

export function FileBody(props: FileBodyProps) {
  const { file, entry } = props;
  if (file.kind === "symlink") return <Symlink target={file.text ?? ""} />;
  if (file.kind === "image" && file.imageBase64 && IMAGE_TYPES.has(file.imageType ?? "")) {
    return <Picture file={file} />;
  }
  if (file.kind !== "text" || file.text === null) return <Binary file={file} />;
  if (file.text === "") {
    return (
      <EmptyState icon={<FileX aria-hidden size={26} />} title="This file is empty" className="py-20">
        {entry.change === "added" ? "The candidate created it and left it without contents." : null}
      </EmptyState>
    );
  }
  return (
    <Suspense
      fallback={
        <div className="p-6">
          <SkeletonText lines={9} label="Opening the viewer" />
        </div>
      }
    >
      <CodeView
        path={file.path}
        text={file.text}
        original={props.original}
        foldUnchanged={props.settings.foldUnchanged}
        wrap={props.settings.wrap}
        reveal={props.reveal}
        onSelectLines={props.onSelectLines}
        handle={props.viewer}
      />
    </Suspense>
  );
}

function Picture({ file }: { file: FileView }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={`Picture ${file.path}`}
      className="grid h-full place-items-center overflow-auto bg-sunken p-6"
    >
      <img
        src={`data:${file.imageType};base64,${file.imageBase64}`}
        alt={`${file.path}, as the candidate left it`}
        className="max-w-full border border-line bg-[repeating-conic-gradient(var(--line)_0_25%,var(--surface)_0_50%)] bg-size-[16px_16px]"
      />
    </section>
  );
}

function Binary({ file }: { file: FileView }) {
  return (
    <EmptyState icon={<FileArchive aria-hidden size={26} />} title="Not a text file" className="py-20">
      <p>
        {formatBytes(file.size)} of binary data, part of the sealed archive.
        {file.sha256 ? (
          <>
            {" "}
            Its SHA-256 begins with{" "}
            <code className="font-mono text-[0.85em]">{file.sha256.slice(0, 12)}</code>.
          </>
        ) : null}
      </p>
    </EmptyState>
  );
}

function Symlink({ target }: { target: string }) {
  return (
    <EmptyState icon={<FileSymlink aria-hidden size={26} />} title="A symbolic link" className="py-20">
      <p>
        It points to{" "}
        <code className="font-mono text-[0.9em] break-all text-ink">
          <VisibleName name={target} />
        </code>
        . Links are kept as they are and never followed.
      </p>
    </EmptyState>
  );
}
