import type { Rubric } from "../../shared/contracts/rubric.ts";
import type { ProblemError } from "../api-client/problem-error.ts";
import { Banner } from "../ui/banner.tsx";
import { Button, TextLink } from "../ui/button.tsx";
import { RECOMMENDATION_NAMES } from "./recommendation-field.tsx";
import type { Collision } from "./review-merge.ts";
import type { ReviewDraft } from "./use-review-draft.ts";

/** What stands between the draft and the server, and the way on. */
export function DraftTrouble({ draft, rubric }: { draft: ReviewDraft; rubric: Rubric }) {
  if (draft.state.phase === "conflict") {
    return <Conflict collisions={draft.state.collisions} rubric={rubric} onSettle={draft.settle} />;
  }
  if (draft.error) return <SaveFailure error={draft.error} onRetry={draft.retry} />;
  return null;
}

function SaveFailure({ error, onRetry }: { error: ProblemError; onRetry: () => void }) {
  const isSignedOut = error.status === 401;
  return (
    <Banner
      tone="danger"
      role="alert"
      flush
      data-testid="save-failure"
      title={isSignedOut ? "You have been signed out" : "Your draft is not saved on the server"}
      actions={
        <Button size="small" onPress={onRetry}>
          Save now
        </Button>
      }
    >
      {isSignedOut ? (
        <>
          Nothing is lost: this browser keeps your words.{" "}
          <TextLink href="/sign-in" target="_blank">
            Sign in in a new tab
          </TextLink>
          , then save.
        </>
      ) : (
        <>{error.problem.title}. This browser keeps your words and tries again by itself.</>
      )}
    </Banner>
  );
}

interface ConflictProps {
  collisions: readonly Collision[];
  rubric: Rubric;
  onSettle: (keep: "mine" | "theirs") => void;
}

function Conflict({ collisions, rubric, onSettle }: ConflictProps) {
  return (
    <div role="alert" data-testid="conflict" className="border-b border-warn-line bg-warn-soft px-5 py-4">
      <p className="font-[620]">This review was also changed in another tab or browser</p>
      <p className="text-[0.9rem] text-ink-soft">
        Everything that could be joined is joined. Choose which to keep where both differ:
      </p>
      <ul className="mt-3 flex flex-col gap-2.5">
        {collisions.map((collision) => (
          <li
            key={`${collision.criterionId} ${collision.field}`}
            className="rounded-lg border border-warn-line bg-surface p-3 text-[0.867rem]"
          >
            <p className="font-[620]">{describeField(collision, rubric)}</p>
            <Side name="Here" value={describeValue(collision, collision.mine)} />
            <Side name="There" value={describeValue(collision, collision.theirs)} />
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" variant="primary" onPress={() => onSettle("mine")} data-testid="keep-mine">
          Keep what is here
        </Button>
        <Button size="small" onPress={() => onSettle("theirs")} data-testid="keep-theirs">
          Take what is there
        </Button>
      </div>
    </div>
  );
}

function Side({ name, value }: { name: string; value: string }) {
  return (
    <p className="mt-1 grid grid-cols-[3rem_1fr] gap-2">
      <span className="text-ink-faint">{name}</span>
      <span className="max-h-32 overflow-y-auto break-words whitespace-pre-wrap text-ink-soft">{value}</span>
    </p>
  );
}

function describeField({ field, criterionId }: Collision, rubric: Rubric): string {
  const title = rubric.criteria.find(({ id }) => id === criterionId)?.title;
  const name = { level: "Level", evidence: "Evidence", summary: "Summary", recommendation: "Recommendation" }[
    field
  ];
  return title ? `${title}: ${name.toLowerCase()}` : name;
}

function describeValue({ field }: Collision, value: Collision["mine"]): string {
  if (value === null || value === "") return "(empty)";
  return field === "recommendation"
    ? RECOMMENDATION_NAMES[value as keyof typeof RECOMMENDATION_NAMES]
    : String(value);
}
