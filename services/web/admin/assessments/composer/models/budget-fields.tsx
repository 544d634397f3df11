import { TYPICAL_CALL, typicalCalls } from "../../../../../shared/domain/composer/model-budget.ts";
import { NumberField } from "../../../../ui/number-field.tsx";
import { plural } from "../../../../ui/time-words.ts";
import type { GapAt } from "../gaps.ts";
import type { DraftModel, Metered } from "./change-models.ts";
import type { KnownModel } from "./offered-models.ts";

type Budget = Metered["budget"];

export interface BudgetFieldsProps {
  path: string;
  budget: Budget;
  /** What it is spent on. */
  models: readonly DraftModel[];
  known: readonly KnownModel[];
  gapAt: GapAt;
  onChange: (budget: Budget) => void;
}

/** How much may be spent, and about what that is good for. */
export function BudgetFields({ path, budget, models, known, gapAt, onChange }: BudgetFieldsProps) {
  return (
    <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-2">
      <div data-path={`${path}.usd`}>
        <NumberField
          label="Money"
          description="For each candidate."
          unit="dollars"
          value={budget.usd}
          onChange={(usd) => onChange({ ...budget, usd })}
          error={gapAt(`${path}.usd`)}
          data-testid={`${path}.usd`}
        />
      </div>
      <div data-path={`${path}.tokens`}>
        <NumberField
          label="Tokens"
          description="In and out together. Empty: only the money counts."
          unit="tokens"
          value={budget.tokens}
          onChange={(tokens) => onChange({ ...budget, tokens })}
          error={gapAt(`${path}.tokens`)}
          data-testid={`${path}.tokens`}
        />
      </div>
      <ul className="text-[0.9rem] text-ink-soft empty:hidden sm:col-span-2" data-testid="budget-words">
        {models.map(({ alias, modelIds }, index) => {
          const words = callWords(budget, modelIds, known);
          return words === null ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name while they are edited
            <li key={index}>
              <code className="font-mono text-[0.867rem] text-ink">{alias || "(no name)"}</code>: {words}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Null where there is nothing to say yet: no model, one without a price, or no money. */
function callWords(budget: Budget, modelIds: readonly string[], known: readonly KnownModel[]): string | null {
  const models = modelIds.map((id) => known.find((model) => model.id === id));
  const prices = models.map((model) => model?.price ?? null).filter((price) => price !== null);
  if (prices.length === 0 || prices.length < models.length) return null;
  if (budget.usd === null || budget.usd <= 0) return null;
  const isEmbedding = models[0]?.kind === "embedding";
  const typical = isEmbedding ? { ...TYPICAL_CALL, outputTokens: 0 } : TYPICAL_CALL;
  const calls = typicalCalls(budget, prices, typical);
  if (calls === null) return "costs nothing, so the limits alone bound it.";
  const number = (count: number) => count.toLocaleString("en-GB");
  const size = `${number(typical.inputTokens)} tokens${isEmbedding ? "" : ` in and ${typical.outputTokens} out`}`;
  return `enough for about ${number(calls)} ${plural(calls, "call")} of ${size}.`;
}
