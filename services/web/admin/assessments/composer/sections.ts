import type { ComposerSection } from "../../../../shared/contracts/composer.ts";

export const SECTION_IDS = [
  "task",
  "materials",
  "models",
  "packages",
  "workspace",
  "rules",
  "rubric",
  "publish",
  "versions",
] as const;
export type SectionId = (typeof SECTION_IDS)[number];

/** The parts that are filled in; the others look at the whole. */
export type FilledSection = Exclude<SectionId, "publish" | "versions">;

export const SECTIONS: Record<SectionId, { title: string; lead: string }> = {
  task: { title: "Task", lead: "What candidates are asked to do, and the files they start with." },
  materials: { title: "Materials", lead: "The data and the APIs they work with." },
  models: { title: "Models", lead: "Which language models can be called, and for how much." },
  packages: { title: "Packages", lead: "What can be installed in the workspace." },
  workspace: { title: "Workspace", lead: "How long they have, and on what machine." },
  rules: { title: "Rules", lead: "What is allowed, and what candidates are told before they start." },
  rubric: { title: "Rubric", lead: "What reviewers look at, and what each level looks like." },
  publish: {
    title: "Check & publish",
    lead: "Everything is tried before anybody is invited. A published version never changes.",
  },
  versions: { title: "Versions", lead: "What was published, and what changed from one to the next." },
};

/** Where on the page a part of the draft is edited. */
export const SECTION_OF: Record<ComposerSection, FilledSection> = {
  basics: "task",
  brief: "task",
  expectations: "task",
  starter: "task",
  datasets: "materials",
  mock_apis: "materials",
  models: "models",
  packages: "packages",
  limits: "workspace",
  image: "workspace",
  practice_starter: "workspace",
  disclosures: "rules",
  ai_policy: "rules",
  rubric: "rubric",
};

export const isSectionId = (value: unknown): value is SectionId => SECTION_IDS.includes(value as SectionId);
