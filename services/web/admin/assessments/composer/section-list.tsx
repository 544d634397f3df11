import { Check, ChevronDown, CircleAlert } from "lucide-react";
import type { CheckView } from "../../../../shared/contracts/composer.ts";
import { Button } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { Menu } from "../../../ui/menu.tsx";
import { Spinner } from "../../../ui/spinner.tsx";
import type { Gap } from "./gaps.ts";
import { SECTION_IDS, SECTIONS, type SectionId } from "./sections.ts";

export interface SectionListProps {
  current: SectionId;
  gaps: readonly Gap[];
  check: CheckView;
  /** How many were published. */
  versions: number;
  onGoTo: (section: SectionId) => void;
}

interface Mark {
  kind: "done" | "open" | "trouble" | "working" | "none";
  /** Beside the name; also read out. */
  words: string;
}

/** The parts of an assessment and how complete each is; a menu where there is no room beside the page. */
export function SectionList(props: SectionListProps) {
  const { current, onGoTo } = props;
  return (
    <nav aria-label="Parts of the assessment" className="lg:sticky lg:top-20 lg:self-start">
      <ol className="flex flex-col gap-0.5 max-lg:hidden">
        {SECTION_IDS.map((id) => (
          <li key={id} className={id === "publish" ? "mt-3 border-t border-line pt-3" : undefined}>
            <SectionButton
              id={id}
              mark={markOf(id, props)}
              isCurrent={id === current}
              onPress={() => onGoTo(id)}
            />
          </li>
        ))}
      </ol>
      <div className="lg:hidden">
        <Menu
          label="Parts of the assessment"
          trigger={
            <Button className="w-full justify-between! sm:w-72" data-testid="sections">
              <span className="flex items-center gap-2.5">
                <MarkIcon mark={markOf(current, props)} />
                {SECTIONS[current].title}
              </span>
              <ChevronDown aria-hidden size={16} className="text-ink-faint" />
            </Button>
          }
          items={SECTION_IDS.map((id) => {
            const mark = markOf(id, props);
            return {
              id,
              label: mark.words ? `${SECTIONS[id].title} · ${mark.words}` : SECTIONS[id].title,
              icon: <MarkIcon mark={mark} />,
            };
          })}
          onAction={(id) => onGoTo(id as SectionId)}
        />
      </div>
    </nav>
  );
}

interface SectionButtonProps {
  id: SectionId;
  mark: Mark;
  isCurrent: boolean;
  onPress: () => void;
}

function SectionButton({ id, mark, isCurrent, onPress }: SectionButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      aria-current={isCurrent ? "step" : undefined}
      data-testid={`go-${id}`}
      data-mark={mark.kind}
      className={classNames(
        "flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-[0.967rem] transition-colors",
        isCurrent ? "bg-ink/7 font-[560] text-ink" : "text-ink-soft hover:bg-ink/4 hover:text-ink",
      )}
    >
      <MarkIcon mark={mark} />
      <span className="flex-1">{SECTIONS[id].title}</span>
      {mark.words ? <span className="text-[0.8rem] font-normal text-ink-faint">{mark.words}</span> : null}
      {mark.kind === "done" ? <span className="sr-only">complete</span> : null}
    </button>
  );
}

function MarkIcon({ mark }: { mark: Mark }) {
  if (mark.kind === "done")
    return <Check aria-hidden size={16} strokeWidth={2.4} className="shrink-0 text-accent" />;
  if (mark.kind === "trouble") return <CircleAlert aria-hidden size={16} className="shrink-0 text-danger" />;
  if (mark.kind === "working") return <Spinner className="size-4! shrink-0" />;
  const colour = mark.kind === "open" ? "border-warn" : "border-transparent";
  return (
    <span aria-hidden className="grid size-4 shrink-0 place-items-center">
      <span className={classNames("size-2.5 rounded-full border-[1.5px]", colour)} />
    </span>
  );
}

function markOf(id: SectionId, { gaps, check, versions }: SectionListProps): Mark {
  if (id === "versions") return { kind: "none", words: versions > 0 ? String(versions) : "" };
  if (id === "publish") return checkMark(check);
  const own = gaps.filter(({ section }) => section === id);
  if (own.length === 0) return { kind: "done", words: "" };
  const isWrong = own.some(({ isMissing }) => !isMissing);
  return { kind: isWrong ? "trouble" : "open", words: `${own.length} to do` };
}

function checkMark(check: CheckView): Mark {
  if (check.state === "waiting") return { kind: "working", words: "" };
  if (!check.current || check.state === "none") return { kind: "none", words: "" };
  return check.state === "passed" ? { kind: "done", words: "" } : { kind: "trouble", words: "failed" };
}
