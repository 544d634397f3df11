import { AssessmentSpec } from "../../contracts/assessment.ts";
import {
  type AssessmentDraft,
  MOCK_API_HOSTNAME,
  MOUNT_NAME,
  RESERVED_HOSTNAMES,
} from "../../contracts/assessment-draft.ts";
import { disclosureFindings } from "./disclosure-findings.ts";
import { type Finding, Findings } from "./finding.ts";
import { inlineFileFindings } from "./inline-file-findings.ts";
import { modelFindings } from "./model-findings.ts";
import { packageFindings } from "./package-findings.ts";
import { rubricFindings } from "./rubric-findings.ts";
import { type PinnedModel, specModelsOf } from "./spec-models.ts";
import { leftInstructions } from "./template-brief.ts";

/**
 * All that a draft itself shows to be missing or wrong. What depends on datasets, APIs, uploads or the host is found
 * elsewhere. A draft without a `failed` one becomes a valid spec.
 * @param images names of the images of this instance
 */
export function draftFindings(draft: AssessmentDraft, images: readonly string[]): Finding[] {
  return [
    ...basicsFindings(draft),
    ...briefFindings(draft),
    ...expectationsFindings(draft),
    ...disclosureFindings(draft),
    ...aiPolicyFindings(draft),
    ...limitFindings(draft),
    ...imageFindings(draft, images),
    ...inlineFileFindings("starter", "starter", draft.starter.files),
    ...inlineFileFindings("practice_starter", "practiceStarter", draft.practiceStarter.files),
    ...rubricFindings(draft),
    ...datasetNameFindings(draft),
    ...mockApiNameFindings(draft),
    ...modelFindings(draft),
    ...packageFindings(draft.packages),
  ];
}

function basicsFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("basics");
  findings.requireText("title", "The title", draft.title, 200);
  findings.requireText("company.name", "The company's name", draft.company.name, 120);
  findings.limitText("company.about", "What is said about the company", draft.company.about, 4000);
  findings.requireText("role.title", "The role's title", draft.role.title, 120);
  if (!draft.stages.includes("work_sample"))
    findings.fail("stages", "The work sample is not among the stages.", "Add the stage Work sample.");
  else if (draft.stages.length > 1)
    findings.warn(
      "stages",
      "Only the work sample takes place on the platform so far.",
      "Arrange the other stages with candidates yourself.",
    );
  return findings.all;
}

function briefFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("brief");
  findings.requireText("brief", "The brief", draft.brief, 100_000);
  const [instruction] = leftInstructions(draft.brief);
  if (instruction !== undefined)
    findings.fail(
      "brief",
      `The brief still has words of the template: “${instruction}”`,
      "Write there what candidates of this task need to know.",
    );
  const mounted = new Set(draft.datasets.map(({ mountName }) => mountName));
  for (const name of named(draft.brief, /\/datasets\/([a-z0-9][a-z0-9-]{0,62})/g))
    if (!mounted.has(name))
      findings.warn(
        "brief",
        `The brief speaks of /datasets/${name}, which the workspace does not have.`,
        "Pin the dataset under this name, or correct the brief.",
      );
  const served = servedNames(draft);
  for (const name of named(draft.brief, /\bhttps?:\/\/([a-z0-9][a-z0-9-]{0,62}\.internal)\b/g))
    if (!served.has(name))
      findings.warn(
        "brief",
        `The brief speaks of http://${name}, where nothing answers.`,
        `${OFFER[name] ?? "Pin the mock API under this name"}, or correct the brief.`,
      );
  return findings.all;
}

const OFFER: Record<string, string> = {
  "models.internal": "Offer models",
  "packages.internal": "Offer packages",
};

function servedNames({ mockApis, models, packages }: AssessmentDraft): Set<string> {
  const names = mockApis.map(({ hostname }) => hostname);
  if (models.kind !== "none") names.push("models.internal");
  if (packages.kind !== "none") names.push("packages.internal");
  return new Set(names);
}

function named(text: string, pattern: RegExp): Set<string> {
  return new Set(Array.from(text.matchAll(pattern), (match) => match[1]!));
}

function expectationsFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("expectations");
  findings.limitText("expectations", "What to expect", draft.expectations, 20_000);
  if (draft.expectations.trim() === "")
    findings.warn(
      "expectations",
      "Candidates are not told what to expect.",
      "Say what they will do, without giving the task away.",
    );
  return findings.all;
}

function aiPolicyFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("ai_policy");
  findings.requireText("aiPolicy.statement", "The statement on AI help", draft.aiPolicy.statement, 4000);
  if (draft.aiPolicy.kind === "assistant" && (draft.models.kind === "none" || !draft.models.assistant))
    findings.fail(
      "aiPolicy.kind",
      "The policy promises a coding assistant in the workspace, and none is set up.",
      "Set it up under Models, or choose another policy.",
    );
  return findings.all;
}

const DAY_SEC = 24 * 3600;

function limitFindings({
  limitSec,
  practiceLimitSec,
  snapshotIntervalSec,
  limits,
}: AssessmentDraft): Finding[] {
  const findings = new Findings("limits");
  const seconds = (least: number, most: number) => ({ least, most, unit: "seconds" });
  findings.requireNumber("limitSec", "The time limit", limitSec, seconds(30, 7 * DAY_SEC));
  findings.requireNumber("practiceLimitSec", "The practice time", practiceLimitSec, seconds(60, DAY_SEC));
  findings.requireNumber(
    "snapshotIntervalSec",
    "The time between saves",
    snapshotIntervalSec,
    seconds(5, 3600),
  );
  findings.requireNumber("limits.cpus", "The share of processors", limits.cpus, {
    least: 0.25,
    most: 64,
    unit: "processors",
    whole: false,
  });
  findings.requireNumber("limits.memoryMib", "The memory", limits.memoryMib, {
    least: 256,
    most: 262_144,
    unit: "MiB",
  });
  findings.requireNumber("limits.diskMib", "The size of the workspace", limits.diskMib, {
    least: 64,
    most: 1_048_576,
    unit: "MiB",
  });
  findings.requireNumber("limits.pids", "The number of processes", limits.pids, {
    least: 64,
    most: 32_768,
    unit: "processes",
  });
  return findings.all;
}

function imageFindings(draft: AssessmentDraft, images: readonly string[]): Finding[] {
  const findings = new Findings("image");
  if (!images.includes(draft.image))
    findings.fail(
      "image",
      draft.image === "" ? "No image is chosen." : `This instance has no image called "${draft.image}".`,
      `Choose one of: ${images.join(", ")}.`,
    );
  return findings.all;
}

function datasetNameFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("datasets");
  const seen = new Set<string>();
  for (const [index, { mountName }] of draft.datasets.entries()) {
    const path = `datasets.${index}.mountName`;
    if (!MOUNT_NAME.test(mountName))
      findings.fail(
        path,
        `"${mountName}" cannot be the name of a folder below /datasets.`,
        "Use up to 63 lower-case letters, digits and hyphens, for example support-tickets.",
      );
    else if (seen.has(mountName))
      findings.fail(path, `Two datasets are called "${mountName}".`, "Give each a name of its own.");
    seen.add(mountName);
  }
  return findings.all;
}

function mockApiNameFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("mock_apis");
  const seen = new Set<string>();
  for (const [index, { hostname }] of draft.mockApis.entries()) {
    const path = `mockApis.${index}.hostname`;
    if (!MOCK_API_HOSTNAME.test(hostname))
      findings.fail(
        path,
        `"${hostname}" cannot be the name of a service.`,
        "Use lower-case letters, digits and hyphens, ending in .internal, for example tickets.internal.",
      );
    else if (RESERVED_HOSTNAMES.includes(hostname))
      findings.fail(path, `${hostname} is the platform's own.`, "Choose another name.");
    else if (seen.has(hostname))
      findings.fail(path, `Two APIs answer at ${hostname}.`, "Give each a name of its own.");
    seen.add(hostname);
  }
  return findings.all;
}

/** The draft as a version's spec. @throws ZodError when `draftFindings` has a failed one */
export function specOf(
  draft: AssessmentDraft,
  trees: { starterTreeSha256: string; practiceTreeSha256: string },
  models: ReadonlyMap<string, PinnedModel>,
): AssessmentSpec {
  const { starter: _, practiceStarter: __, datasets: ___, mockApis: ____, ...rest } = draft;
  return AssessmentSpec.parse({ ...rest, ...trees, models: specModelsOf(draft.models, models) });
}
