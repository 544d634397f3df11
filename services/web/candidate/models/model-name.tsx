import type { ModelOffer } from "../../../shared/contracts/models.ts";
import { Badge } from "../../ui/badge.tsx";

/** What programs call a model, what it is for, and whether anybody should believe it. */
export function ModelName({ model }: { model: ModelOffer["models"][number] }) {
  return (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 gap-y-1">
      <code className="min-w-0 font-mono text-[0.87rem] break-all text-ink">{model.alias}</code>
      <span className="text-[0.867rem] text-ink-faint">
        {model.kind === "embedding" ? "embeddings" : "chat"}
      </span>
      {model.mock ? (
        <Badge tone="warn" className="whitespace-normal!">
          Mock: answers are made up
        </Badge>
      ) : null}
    </span>
  );
}
