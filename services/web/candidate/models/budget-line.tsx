import type { ModelBudgetView } from "../../../shared/contracts/models.ts";
import { Banner } from "../../ui/banner.tsx";
import { classNames } from "../../ui/class-names.ts";
import { plural } from "../../ui/time-words.ts";
import {
  amountWords,
  type Measure,
  measureStanding,
  measuresOf,
  type Standing,
  standingOf,
} from "./budget-standing.ts";
import { ModelName } from "./model-name.tsx";

export const LINE_NAMES: Record<ModelBudgetView["line"], string> = {
  product: "Your programs",
  assistant: "Coding assistant",
};

/** One line's models and what is left of its budget. */
export function BudgetLine({ line }: { line: ModelBudgetView }) {
  const standing = standingOf(line);
  return (
    <section data-testid={`budget-${line.line}`} data-standing={standing}>
      <h3 className="font-[620]">{LINE_NAMES[line.line]}</h3>
      <ul className="mt-1.5 flex flex-col gap-1">
        {line.models.map((model) => (
          <li key={model.alias}>
            <ModelName model={model} />
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-col gap-3">
        {measuresOf(line).map((measure) => (
          <MeasureBar key={measure.unit} measure={measure} name={LINE_NAMES[line.line]} />
        ))}
      </div>
      <p className="mt-2 text-[0.867rem] text-ink-soft tabular-nums">
        {standing === "unused"
          ? "Nothing spent yet."
          : `${line.requests.toLocaleString("en-US")} ${plural(line.requests, "request")} so far.`}
      </p>
      <StandingNote standing={standing} />
    </section>
  );
}

const FILLS: Record<Standing, string> = {
  unused: "bg-accent",
  fine: "bg-accent",
  low: "bg-warn",
  used_up: "bg-danger",
};

function MeasureBar({ measure, name }: { measure: Measure; name: string }) {
  const fill = FILLS[measureStanding(measure)];
  const { unit, limit, spent, reserved, left } = measure;
  const share = (amount: number) => `${Math.min(100, (amount / limit) * 100)}%`;
  const words = `${amountWords(unit, spent)} spent, ${amountWords(unit, reserved)} reserved, ${amountWords(unit, left)} left of ${amountWords(unit, limit)}`;
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own colours */}
      <div
        role="meter"
        aria-label={`${name}: ${unit === "usd" ? "money" : "tokens"}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(Math.min(100, ((spent + reserved) / limit) * 100))}
        aria-valuetext={words}
        className="flex h-2 overflow-hidden rounded-full bg-ink/12"
      >
        <span className={classNames("block h-full", fill)} style={{ width: share(spent) }} />
        <span className={classNames("block h-full opacity-45", fill)} style={{ width: share(reserved) }} />
      </div>
      <dl className="mt-1.5 flex flex-wrap gap-x-4 text-[0.867rem] tabular-nums">
        <Amount name="Spent" words={amountWords(unit, spent)} />
        <Amount name="Reserved" words={amountWords(unit, reserved)} />
        <Amount name="Left" words={`${amountWords(unit, left)} of ${amountWords(unit, limit)}`} />
      </dl>
    </div>
  );
}

function Amount({ name, words }: { name: string; words: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-faint">{name}</dt>
      <dd>{words}</dd>
    </div>
  );
}

function StandingNote({ standing }: { standing: Standing }) {
  if (standing === "low")
    return (
      <Banner tone="warn" title="Nearly used up" className="mt-2">
        A call that could cost more than what is left is refused. Ask for fewer output tokens, or send less.
      </Banner>
    );
  if (standing === "used_up")
    return (
      <Banner tone="danger" title="Used up" className="mt-2">
        Further calls are refused. Your work goes on without them; say in your notes what you would have
        called.
      </Banner>
    );
  return null;
}
