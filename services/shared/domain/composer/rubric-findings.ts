import type { AssessmentDraft, DraftCriterion } from "../../contracts/assessment-draft.ts";
import { type Finding, Findings } from "./finding.ts";

const CRITERION_ID = /^[a-z][a-z0-9_]{1,40}$/;
const LEVELS = [1, 2, 3, 4, 5];

/** A rubric is complete when each criterion says what each of five levels looks like. */
export function rubricFindings({ rubric: { criteria } }: AssessmentDraft): Finding[] {
  const findings = new Findings("rubric");
  if (criteria.length === 0)
    findings.fail("rubric.criteria", "The rubric has no criteria.", "Add what submissions are judged by.");
  if (criteria.length > 20)
    findings.fail("rubric.criteria", "The rubric has more than 20 criteria.", "Keep those that decide.");
  else if (criteria.length > 8)
    findings.warn(
      "rubric.criteria",
      `Reviewers rate ${criteria.length} criteria for each submission.`,
      "Five or six are usually enough.",
    );
  const ids = new Set<string>();
  const titles = new Set<string>();
  for (const [index, criterion] of criteria.entries()) {
    const path = `rubric.criteria.${index}`;
    checkCriterion(findings, criterion, path);
    if (ids.has(criterion.id))
      findings.fail(
        `${path}.id`,
        `Two criteria have the id "${criterion.id}".`,
        "Remove one and add it anew.",
      );
    ids.add(criterion.id);
    const title = criterion.title.trim().toLowerCase();
    if (title !== "" && titles.has(title))
      findings.warn(`${path}.title`, `Two criteria are called "${criterion.title}".`, "Tell them apart.");
    titles.add(title);
  }
  return findings.all;
}

function checkCriterion(findings: Findings, criterion: DraftCriterion, path: string): void {
  const name = criterion.title.trim() === "" ? "A criterion" : `"${criterion.title}"`;
  if (!CRITERION_ID.test(criterion.id))
    findings.fail(
      `${path}.id`,
      `${name} has no proper id.`,
      "Use lower-case letters, digits and underscores.",
    );
  findings.requireText(`${path}.title`, "The criterion's title", criterion.title, 120);
  findings.limitText(`${path}.guidance`, `The guidance of ${name}`, criterion.guidance, 2000);
  const { weight } = criterion;
  if (weight === null || weight <= 0 || weight > 10)
    findings.fail(`${path}.weight`, `${name} has no proper weight.`, "Choose a number above 0 and up to 10.");
  checkAnchors(findings, criterion, path, name);
}

function checkAnchors(findings: Findings, { anchors }: DraftCriterion, path: string, name: string): void {
  const levels = anchors.map(({ level }) => level);
  const missing = LEVELS.filter((level) => !levels.includes(level));
  if (missing.length > 0 || anchors.length !== LEVELS.length)
    findings.fail(
      `${path}.anchors`,
      missing.length > 0
        ? `${name} does not say what level ${missing.join(", ")} looks like.`
        : `${name} describes a level twice.`,
      "Describe each of the levels 1 to 5 once.",
    );
  for (const [index, anchor] of anchors.entries()) {
    const level = `Level ${anchor.level} of ${name}`;
    const at = `${path}.anchors.${index}`;
    if (anchor.title.trim() === "" || anchor.description.trim() === "")
      findings.fail(at, `${level} is not described.`, "Give it a title, and say what one sees.");
    findings.limitText(`${at}.title`, `The title of ${level}`, anchor.title, 80);
    findings.limitText(`${at}.description`, level, anchor.description, 1000);
  }
}
