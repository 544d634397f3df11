import type { DatasetImportView } from "../../../shared/contracts/dataset-studio.ts";
import { Banner } from "../../ui/banner.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { FAILURE_TITLES, mayReadAgain } from "./import-failure-words.ts";
import { ReadAgainButton } from "./read-again.tsx";

/** Why nothing came of it, and what to do. */
export function ImportFailureCard({ view }: { view: DatasetImportView }) {
  const { failure, dataset } = view;
  const canReadAgain = failure !== null && mayReadAgain(failure.code) && view.files.length > 0;
  return (
    <div data-testid="import-failed">
      <Banner
        tone="danger"
        role="alert"
        title={failure ? FAILURE_TITLES[failure.code] : "The import failed"}
        actions={
          <>
            {canReadAgain ? <ReadAgainButton view={view} label="Read again" /> : null}
            <LinkButton size="small" href={`/admin/datasets/${dataset.id}`}>
              Upload another file
            </LinkButton>
          </>
        }
      >
        {failure?.file ? (
          <p>
            <code className="font-mono text-[0.85rem] [overflow-wrap:anywhere]">{failure.file}</code>
          </p>
        ) : null}
        {failure ? <p className="[overflow-wrap:anywhere]">{failure.message}</p> : null}
        <p className="mt-1">Nothing was published, and earlier versions are as they were.</p>
      </Banner>
    </div>
  );
}
