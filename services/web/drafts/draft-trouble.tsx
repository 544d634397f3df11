import type { ProblemError } from "../api-client/problem-error.ts";
import { Banner } from "../ui/banner.tsx";
import { Button, TextLink } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import type { Collision, Json } from "./merge.ts";
import type { Draft } from "./use-draft.ts";

export interface DraftTroubleProps {
  draft: Pick<Draft<unknown>, "state" | "error" | "retry" | "settle">;
  /** Says that it was changed elsewhere, and by whom that can be. */
  changedElsewhere?: string;
  /** It stands at the edge of a pane, across all of it. */
  flush?: boolean;
  /** What the value at this path is called on the page. */
  nameOf: (path: readonly string[]) => string;
  /** A value at this path in words; null says it as it is. */
  wordsOf?: (path: readonly string[], value: Json) => string | null;
}

/** What stands between a draft and the server, and the way on. */
export function DraftTrouble({ draft, ...shown }: DraftTroubleProps) {
  if (draft.state.phase === "conflict")
    return <Conflict {...shown} collisions={draft.state.collisions} onSettle={draft.settle} />;
  if (draft.error) return <SaveFailure error={draft.error} onRetry={draft.retry} flush={shown.flush} />;
  return null;
}

interface SaveFailureProps {
  error: ProblemError;
  onRetry: () => void;
  flush: boolean | undefined;
}

function SaveFailure({ error, onRetry, flush = false }: SaveFailureProps) {
  const isSignedOut = error.status === 401;
  return (
    <Banner
      tone="danger"
      role="alert"
      flush={flush}
      data-testid="save-failure"
      title={isSignedOut ? "You have been signed out" : "Your last changes are not on the server yet"}
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
        <>
          {error.problem.title}. This browser keeps your words and tries again by itself.
          {error.problem.errors?.map(({ path, message }) => (
            <span key={path + message} className="block">
              <code className="font-mono text-[0.85rem]">{path}</code> {message}
            </span>
          ))}
        </>
      )}
    </Banner>
  );
}

const CHANGED_ELSEWHERE = "This draft was also changed in another tab or by someone else";

interface ConflictProps extends Omit<DraftTroubleProps, "draft"> {
  collisions: readonly Collision[];
  onSettle: (keep: "mine" | "theirs") => void;
}

function Conflict({
  collisions,
  changedElsewhere = CHANGED_ELSEWHERE,
  flush,
  nameOf,
  wordsOf,
  onSettle,
}: ConflictProps) {
  const say = (path: readonly string[], value: Json | undefined) =>
    (value === undefined || value === null ? null : wordsOf?.(path, value)) ?? describeValue(value);
  return (
    <section
      role="alert"
      data-testid="conflict"
      className={classNames(
        "border-warn-line bg-warn-soft px-5 py-4",
        flush ? "border-b" : "rounded-lg border",
      )}
    >
      <p className="font-[620]">{changedElsewhere}</p>
      <p className="text-[0.9rem] text-ink-soft">
        Everything that could be joined is joined. Choose which to keep where both differ:
      </p>
      <ul className="mt-3 flex flex-col gap-2.5">
        {collisions.map((collision) => (
          <li
            key={collision.path.join("/")}
            className="rounded-lg border border-warn-line bg-surface p-3 text-[0.867rem]"
          >
            <p className="font-[620]">{nameOf(collision.path)}</p>
            <Side name="Here" value={say(collision.path, collision.mine)} />
            <Side name="There" value={say(collision.path, collision.theirs)} />
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
    </section>
  );
}

function Side({ name, value }: { name: string; value: string }) {
  return (
    <div className="mt-1 grid grid-cols-[3rem_1fr] gap-2">
      <span className="text-ink-faint">{name}</span>
      <span className="max-h-32 overflow-y-auto break-words whitespace-pre-wrap text-ink-soft">{value}</span>
    </div>
  );
}

function describeValue(value: Json | undefined): string {
  if (value === undefined) return "(removed)";
  if (value === null || value === "") return "(empty)";
  return typeof value === "object" ? JSON.stringify(value, null, 1) : String(value);
}
