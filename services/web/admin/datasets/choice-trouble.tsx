import type { ImportChoices } from "../../../shared/contracts/dataset-studio.ts";
import type { Draft } from "../../drafts/use-draft.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { plural } from "../../ui/time-words.ts";

/** Choices that could not be saved, or that somebody else made differently meanwhile. */
export function ChoiceTrouble({ draft }: { draft: Draft<ImportChoices> }) {
  const { collisions, phase } = draft.state;
  if (phase === "conflict")
    return (
      <Banner
        tone="warn"
        role="alert"
        title="Somebody else chose differently meanwhile"
        data-testid="choice-conflict"
        actions={
          <>
            <Button size="small" onPress={() => draft.settle("mine")}>
              Keep mine
            </Button>
            <Button size="small" onPress={() => draft.settle("theirs")}>
              Take theirs
            </Button>
          </>
        }
      >
        {collisions.length} {plural(collisions.length, "choice")} differ:{" "}
        {collisions.map(({ path }) => path.slice(1).join(" › ") || "what candidates get").join(", ")}.
        Everything else was joined.
      </Banner>
    );
  if (phase === "failed" && draft.error)
    return (
      <Banner
        tone="danger"
        role="alert"
        title="Your last choices are not saved yet"
        data-testid="choice-failed"
        actions={
          <Button size="small" onPress={draft.retry}>
            Try again
          </Button>
        }
      >
        {draft.error.problem.title}. {draft.error.problem.hint} They are kept in this browser.
      </Banner>
    );
  return null;
}
