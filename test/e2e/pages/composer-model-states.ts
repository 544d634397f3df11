import type { AssessmentDraft } from "../../../services/shared/contracts/assessment-draft.ts";
import {
  ASSESSMENT,
  ASSESSMENT_ID,
  CONTENT,
  detail,
  draftView,
  VERSION_ID,
  versionView,
} from "../../support/pages/assessment-fixtures.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { MODEL_ID, UPSTREAMS, UPSTREAMS_API } from "../../support/pages/model-fixtures.ts";
import { composerPath, state, studio } from "./assessment-states.ts";
import type { PageState } from "./candidate-states.ts";

const BUDGET = { usd: 5, tokens: 2_000_000 };
const OFFERED: Extract<AssessmentDraft["models"], { kind: "metered" }> = {
  kind: "metered",
  models: [
    { alias: "gpt-5-mini", modelIds: [MODEL_ID(1), MODEL_ID(5)] },
    { alias: "text-embedding-3-small", modelIds: [MODEL_ID(3)] },
  ],
  budget: BUDGET,
  limits: { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 },
  assistant: null,
};
const ASSISTED: Partial<AssessmentDraft> = { aiPolicy: { kind: "assistant", statement: "Work with it." } };
/** Of an import: a model that is not here, one that is archived, a mock, and two of one name. */
const TROUBLED: typeof OFFERED = {
  ...OFFERED,
  models: [
    { alias: "small", modelIds: [MODEL_ID(7)], missing: [{ upstream: "Azure", name: "gpt-5-large" }] },
    { alias: "small", modelIds: [MODEL_ID(6)] },
    { alias: "no name!", modelIds: [MODEL_ID(2)] },
  ],
  budget: { usd: 0, tokens: null },
};

function withModels(policy: typeof OFFERED, change: Partial<AssessmentDraft> = {}) {
  const assistant = { model: { alias: "helper", modelIds: [MODEL_ID(1)] }, budget: BUDGET };
  const models = change.aiPolicy ? { ...policy, assistant } : policy;
  return detail({ draft: draftView({ content: { ...CONTENT, ...change, models } }) });
}

const packagesOnly = () => ({ packages: withPackages().draft.content.packages });
const PINNED_MODELS = UPSTREAMS.flatMap(({ id: upstreamId, name: upstreamName, kind, models }) =>
  models.map(({ id: modelId, archivedAt, name, kind: modelKind, price }) => ({
    ...{ modelId, upstreamId, upstreamName, name, price, kind: modelKind },
    ...{ mock: kind === "mock", archived: archivedAt !== null },
  })),
);

function withPackages(pypi: { allow?: string[] } = {}) {
  const rules = { enabled: true, allow: [], deny: ["left-pad", "event-stream"] };
  const packages: AssessmentDraft["packages"] = {
    ...{ kind: "mirror", maxFileMib: 200, maxTotalMib: 2048, npm: rules },
    pypi: { enabled: true, allow: ["pandas", "types-*"], deny: [], ...pypi },
  };
  return detail({ draft: draftView({ content: { ...CONTENT, packages } }) });
}

/** Models and packages of an assessment, where they are chosen and where they are read. */
export const COMPOSER_MODEL_STATES: PageState[] = [
  state("models-none", composerPath("models"), "model-policy"),
  state("models", composerPath("models"), "budget-words", { answers: () => studio(withModels(OFFERED)) }),
  state("models-assistant", composerPath("models"), "assistant-card", {
    answers: () => studio(withModels(OFFERED, ASSISTED)),
  }),
  state("models-troubled", composerPath("models"), "model-missing", {
    answers: () => studio(withModels(TROUBLED)),
  }),
  state("models-first", composerPath("models"), "add-model", {
    act: (page) => page.getByTestId("choice-metered").click(),
    answers: () => studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: { hang: true } }),
  }),
  state("models-no-upstream", composerPath("models"), "no-upstream", {
    answers: () => studio(withModels(OFFERED), { [`GET ${UPSTREAMS_API}`]: { body: { items: [] } } }),
  }),
  state("models-failed", composerPath("models"), "error-state", {
    answers: () => studio(withModels(OFFERED), { [`GET ${UPSTREAMS_API}`]: problem("unavailable") }),
  }),
  state("packages-none", composerPath("packages"), "package-policy"),
  state("packages", composerPath("packages"), "enable-npm", { answers: () => studio(withPackages()) }),
  state("packages-troubled", composerPath("packages"), "enable-pypi", {
    answers: () => studio(withPackages({ allow: ["requests", "a b"] })),
  }),
  state("rules-assistant", composerPath("rules"), "lobby-preview", {
    answers: () => studio(withModels(OFFERED, ASSISTED)),
  }),
  state("version-models", `/admin/assessments/${ASSESSMENT_ID}/versions/${VERSION_ID(3)}`, "version-view", {
    answers: () => {
      const { models, packages } = { ...withModels(OFFERED).draft.content, ...packagesOnly() };
      const version = { ...versionView(3, { models, packages }), pinnedModels: PINNED_MODELS };
      return studio(detail(), { [`GET ${ASSESSMENT}/versions/${VERSION_ID(3)}`]: { body: version } });
    },
  }),
];
