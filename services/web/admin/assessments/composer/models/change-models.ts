import type { AssessmentDraft, ModelPolicy } from "../../../../../shared/contracts/assessment-draft.ts";

export type Metered = Extract<ModelPolicy, { kind: "metered" }>;
export type DraftModel = Metered["models"][number];

/** Enough for two hours of a program that is being built, and an end to one that loops. */
const FIRST_BUDGET = { usd: 5, tokens: null };
const FIRST_LIMITS = { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 };

export const FIRST_POLICY: Metered = {
  kind: "metered",
  models: [],
  budget: FIRST_BUDGET,
  limits: FIRST_LIMITS,
  assistant: null,
};

/** The draft with other models; where none are offered, nothing changes. */
export function withMetered(
  draft: AssessmentDraft,
  change: (policy: Metered) => Partial<Metered>,
): AssessmentDraft {
  const { models } = draft;
  return models.kind === "none" ? draft : { ...draft, models: { ...models, ...change(models) } };
}

export function firstAssistant(alias: string, modelId: string): NonNullable<Metered["assistant"]> {
  return { model: { alias, modelIds: [modelId] }, budget: FIRST_BUDGET };
}

/** What programs may call a model at first: the end of its name, numbered where that is taken. */
export function freeAlias(name: string, taken: readonly string[]): string {
  const base =
    (name.split("/").at(-1) ?? "").replace(/[^A-Za-z0-9._:-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "") ||
    "model";
  let alias = base;
  for (let number = 2; taken.includes(alias); number += 1) alias = `${base}-${number}`;
  return alias;
}

/** Every name that a policy gives. */
export function aliasesOf({ models, assistant }: Metered): string[] {
  return [...models, ...(assistant ? [assistant.model] : [])].map(({ alias }) => alias);
}

/** With the element at `index` one place further up. */
export function raised<Item>(items: readonly Item[], index: number): Item[] {
  const next = [...items];
  const [item] = next.splice(index, 1);
  if (item !== undefined) next.splice(Math.max(0, index - 1), 0, item);
  return next;
}
