import { useEffect, useRef } from "react";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { uploadIdOf } from "../../../uploads/upload-item.ts";
import { UploadPanel } from "../../../uploads/upload-panel.tsx";
import { useUploads } from "../../../uploads/use-uploads.ts";

const ENDINGS = [".yaml", ".yml", ".json", ".zip"];

export interface DocumentUploadProps {
  mockApiId: string;
  isFirst: boolean;
  isPending: boolean;
  failure: unknown;
  /** Takes the stored upload as the document; rejects when that fails. */
  onStored: (uploadId: string) => Promise<void>;
  onPaste: () => void;
  onCancel: () => void;
}

/** The way in for a document. What has arrived is checked at once. */
export function DocumentUpload(props: DocumentUploadProps) {
  const { session, items } = useUploads("mock_api", `mock-api:${props.mockApiId}`);
  const [item] = items;
  const stored = item?.phase === "stored" ? uploadIdOf(item) : null;
  const tried = useRef<string | null>(null);
  const { onStored } = props;
  const take = (uploadId: string) =>
    onStored(uploadId).then(
      () => session.release(),
      () => undefined,
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each upload; again only when asked to
  useEffect(() => {
    if (!stored || tried.current === stored) return;
    tried.current = stored;
    void take(stored);
  }, [stored]);
  return (
    <Card
      title={props.isFirst ? "Bring the description of your API" : "Replace the document"}
      description={
        props.isFirst
          ? "It is checked at once. What answers it, and what goes wrong, is chosen afterwards."
          : "It is checked at once. Answers and weather stay as they are, as far as they fit the new document."
      }
      actions={
        props.isFirst ? undefined : (
          <Button size="small" variant="quiet" onPress={props.onCancel}>
            Keep the one there is
          </Button>
        )
      }
    >
      <UploadPanel
        session={session}
        items={items}
        label="Document"
        title="Drop an OpenAPI document here"
        accept={ENDINGS}
        isDisabled={props.isPending}
      >
        OpenAPI 3.0 or 3.1 as YAML or JSON, up to 20 MB; or a zip of several files that refer to each other.
      </UploadPanel>
      <p className="mt-3 text-[0.933rem] text-ink-soft">
        Small one at hand?{" "}
        <Button size="small" variant="quiet" onPress={props.onPaste} data-testid="paste-document">
          Paste its text instead
        </Button>
      </p>
      {props.failure ? (
        <ErrorState
          className="mt-3"
          error={props.failure}
          onRetry={stored ? () => void take(stored) : undefined}
          isRetrying={props.isPending}
        />
      ) : null}
    </Card>
  );
}
