import type { ReactNode } from "react";
import { FileTrigger } from "react-aria-components";
import { Button } from "../ui/button.tsx";
import { DropZone } from "../ui/drop-zone.tsx";
import { LiveRegion } from "../ui/toast.tsx";
import { bytesPerSecond } from "../ui/transfer-rate.ts";
import { UploadRow } from "../ui/upload-row.tsx";
import type { UploadItem } from "./upload-item.ts";
import type { UploadSession } from "./upload-session.ts";

export interface UploadPanelProps {
  session: Pick<UploadSession, "add" | "continueWith" | "pause" | "resume" | "cancel">;
  items: readonly UploadItem[];
  /** Names the list of files for screen readers. */
  label: string;
  title: ReactNode;
  /** What may be brought. */
  children?: ReactNode;
  accept?: readonly string[];
  allowsMultiple?: boolean;
  isDisabled?: boolean;
}

/** Files in, and each one's way to the server. Hands nothing over: whoever shows it does that with what is `stored`. */
export function UploadPanel({ session, items, label, title, children, ...zone }: UploadPanelProps) {
  const isEmpty = items.length === 0;
  const isFull = !zone.allowsMultiple && !isEmpty;
  return (
    <div className="flex flex-col gap-3" data-testid="upload-panel">
      {isEmpty ? null : (
        <ul aria-label={label} className="divide-y divide-line rounded-xl border border-line bg-surface">
          {items.map((item) => (
            <UploadRow
              key={item.key}
              fileName={item.fileName}
              bytes={item.bytes}
              sent={item.sent}
              phase={item.phase}
              rate={bytesPerSecond(item.samples)}
              failure={item.failure ? `${item.failure.title} ${item.failure.hint}` : null}
              onPause={() => session.pause(item.key)}
              onResume={item.failure?.status === 400 ? undefined : () => session.resume(item.key)}
              onCancel={() => session.cancel(item.key)}
            >
              {item.phase === "interrupted" ? <ChooseAgain item={item} session={session} /> : null}
            </UploadRow>
          ))}
        </ul>
      )}
      {isFull ? null : (
        <DropZone
          {...zone}
          title={isEmpty ? title : "Add more files"}
          compact={!isEmpty}
          onFiles={(files) => session.add(files)}
          data-testid="drop-zone"
        >
          {isEmpty ? children : null}
        </DropZone>
      )}
      <LiveRegion message={announcementOf(items)} />
    </div>
  );
}

function ChooseAgain({ item, session }: { item: UploadItem; session: Pick<UploadSession, "continueWith"> }) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-[0.9rem] text-ink-soft">
      {item.failure ? (
        <p role="alert" className="text-danger">
          {item.failure.title} {item.failure.hint}
        </p>
      ) : (
        <p>Choose the same file again, and it goes on from there.</p>
      )}
      <FileTrigger onSelect={(list) => list?.[0] && session.continueWith(item.key, list[0])}>
        <Button size="small">Choose {item.fileName}</Button>
      </FileTrigger>
    </div>
  );
}

/** Said when files arrive or fail, not at every percent. */
function announcementOf(items: readonly UploadItem[]): string {
  const stored = items.filter(({ phase }) => phase === "stored").length;
  const failed = items.filter(({ phase }) => phase === "failed").length;
  if (stored + failed === 0) return "";
  return [`${stored} of ${items.length} uploaded`, failed > 0 ? `${failed} failed` : ""]
    .filter(Boolean)
    .join(", ");
}
