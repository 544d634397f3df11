import type { AssessmentDraft, DraftCriterion } from "../../../shared/contracts/assessment-draft.ts";
import type { ComposerOptions, TemplateId } from "../../../shared/contracts/composer.ts";
import { suggestedDisclosures } from "../../../shared/domain/composer/disclosure-findings.ts";
import { emptyDraft } from "../../../shared/domain/composer/draft-of-version.ts";
import { TEMPLATE_BRIEF } from "../../../shared/domain/composer/template-brief.ts";
import { explanation, problemChoice, workingSoftware } from "./common-criteria.ts";
import {
  dataReality,
  evaluation,
  integration,
  modelling,
  reliability,
  systemShape,
} from "./role-criteria.ts";

interface RoleTemplate {
  title: string;
  description: string;
  role: AssessmentDraft["role"];
  criteria: readonly DraftCriterion[];
}

const ROLES: Record<Exclude<TemplateId, "blank">, RoleTemplate> = {
  api_integrator: {
    title: "API integrator",
    description:
      "Makes data and services useful: two hours, a rubric on problem choice, clients, data and evidence.",
    role: { title: "Applied AI engineer", type: 1 },
    criteria: [problemChoice, workingSoftware, integration, dataReality, explanation],
  },
  ml_engineer: {
    title: "ML engineer",
    description: "Learns something from data: two hours, a rubric on data, method and honest evaluation.",
    role: { title: "Machine learning engineer", type: 2 },
    criteria: [problemChoice, dataReality, modelling, evaluation, explanation],
  },
  ai_systems_engineer: {
    title: "AI systems engineer",
    description:
      "Builds around models that are sometimes wrong: two hours, a rubric on reliability, shape and evidence.",
    role: { title: "AI systems engineer", type: 3 },
    criteria: [workingSoftware, reliability, systemShape, evaluation, explanation],
  },
};

export const TEMPLATES: ComposerOptions["templates"] = [
  {
    id: "blank",
    title: "Blank",
    description: "Nothing but limits that work. You write the rest.",
  },
  ...Object.entries(ROLES).map(([id, { title, description }]) => ({
    id: id as TemplateId,
    title,
    description,
  })),
];

const EXPECTATIONS = `- You get a private workspace with VS Code in your browser. Nothing needs to be set up.
- Your work is saved continuously. If your browser closes, open the same link again and go on; the clock keeps running.
- When you press **Submit**, or when the time is up, everything in your workspace is handed in as it is.
- Engineers of the team read it without knowing your name. You can download your own work and a signed receipt.
`;

const NOTES = `# Notes

## What I built, and how to run it

## What I decided not to do

## How I know that it works

## What I found in the data

## With two more days

## Where I used AI help
`;

/** A new draft. All but the blank one lack only what is the company's own: its name, its task, its data. */
export function draftFromTemplate(template: TemplateId, title: string): AssessmentDraft {
  const empty = emptyDraft(title);
  if (template === "blank") return empty;
  const { role, criteria } = ROLES[template];
  const draft: AssessmentDraft = {
    ...empty,
    role,
    brief: TEMPLATE_BRIEF,
    expectations: EXPECTATIONS,
    aiPolicy: {
      kind: "disclose",
      statement:
        "You may use whatever you would use at work, AI assistants included, on your own machine. Say in your notes where they helped. You answer for the result.",
    },
    starter: { ...empty.starter, files: [{ path: "NOTES.md", text: NOTES }] },
    rubric: { criteria: structuredClone([...criteria]) },
  };
  return { ...draft, disclosures: suggestedDisclosures(draft) };
}
