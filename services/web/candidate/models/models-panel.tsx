import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CandidateModelsView } from "../../../shared/contracts/models.ts";
import { CodeBlock, CopyButton } from "../../ui/code-block.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { candidateApi } from "../candidate-api.ts";
import { BudgetLine } from "./budget-line.tsx";
import { type ExampleLanguage, exampleOf } from "./examples.ts";

const REFRESH_MS = 10_000;

export interface ModelsPanelProps {
  invitationId: string;
  /** In sight: asked for again now and then, and when it comes into sight. */
  isVisible: boolean;
}

/** Mounted while its tab is selected; a window in the background asks for nothing. */
export function ModelsPanel({ invitationId, isVisible }: ModelsPanelProps) {
  const models = useQuery({
    queryKey: ["candidate", invitationId, "models"],
    queryFn: ({ signal }) => candidateApi.models(invitationId, signal),
    enabled: isVisible,
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: "always",
    refetchOnMount: "always",
  });
  const failure = models.error ? (
    <ErrorState error={models.error} onRetry={() => void models.refetch()} isRetrying={models.isFetching} />
  ) : null;
  if (models.data)
    return (
      <div className="flex flex-col gap-5 p-5 pb-8">
        {failure}
        <ModelsView view={models.data} isOld={models.error !== null} />
      </div>
    );
  return <div className="p-5">{failure ?? <SkeletonText lines={8} label="Loading the models" />}</div>;
}

/** @param isOld the budget could not be asked for again */
export function ModelsView({ view, isOld }: { view: CandidateModelsView; isOld: boolean }) {
  if (view.lines.length === 0)
    return (
      <EmptyState title="No models in this assessment">
        Nothing in your workspace reaches a language model.
      </EmptyState>
    );
  const programs = view.lines.find(({ line }) => line === "product");
  return (
    <div className="flex flex-col gap-7" data-testid="models-panel">
      {programs ? <HowToCall baseUrl={view.baseUrl} models={programs.models} /> : null}
      <div className="flex flex-col gap-7" aria-busy={isOld}>
        {isOld ? <p className="text-[0.867rem] text-warn">As it stood when it was last asked for:</p> : null}
        {view.lines.map((line) => (
          <BudgetLine key={line.line} line={line} />
        ))}
      </div>
      <p className="border-t border-line pt-4 text-[0.867rem] text-ink-faint">
        A call reserves the most it could cost, and gives back what it did not. Every call is recorded, with
        what was sent and answered, and read by reviewers.
      </p>
    </div>
  );
}

interface HowToCallProps {
  baseUrl: string;
  models: CandidateModelsView["lines"][number]["models"];
}

function HowToCall({ baseUrl, models }: HowToCallProps) {
  const [language, setLanguage] = useState<ExampleLanguage>("python");
  const example = exampleOf(language, models);
  return (
    <section>
      <h2 className="text-[1.2rem] font-[640]">Models</h2>
      <p className="mt-1 text-ink-soft">
        <code className="font-mono text-[0.87rem]">OPENAI_BASE_URL</code> and{" "}
        <code className="font-mono text-[0.87rem]">OPENAI_API_KEY</code> are set in your workspace already;
        any client of the OpenAI API works without a key of yours.
      </p>
      <p className="mt-3 text-[0.867rem] text-ink-faint">Base URL</p>
      <p className="flex items-center gap-1">
        <code className="min-w-0 font-mono text-[0.87rem] break-all text-ink">{baseUrl}</code>
        <CopyButton text={baseUrl} label="Copy the base URL" />
      </p>
      {example === null ? null : (
        <>
          <Segmented
            label="Language of the example"
            value={language}
            onChange={setLanguage}
            className="mt-3"
            options={[
              { value: "python", label: "Python" },
              { value: "node", label: "Node" },
            ]}
          />
          <CodeBlock code={example} label="example" className="mt-2" />
        </>
      )}
    </section>
  );
}
