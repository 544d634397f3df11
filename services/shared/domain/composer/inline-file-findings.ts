import type { InlineFile } from "../../contracts/assessment-draft.ts";
import type { ComposerSection } from "../../contracts/composer.ts";
import { type Finding, Findings } from "./finding.ts";

/** The brief's place in the workspace. */
export const BRIEF_FILE = "BRIEF.md";

/** Files written in the composer: paths that stay inside, once each, none below a file. */
export function inlineFileFindings(
  section: ComposerSection,
  base: string,
  files: readonly InlineFile[],
): Finding[] {
  const findings = new Findings(section);
  const seen = new Set<string>();
  for (const [index, file] of files.entries()) {
    const path = `${base}.files.${index}.path`;
    const problem = pathProblem(file.path);
    if (problem) findings.fail(path, `"${file.path}": ${problem}`, "Write it like docs/README.md.");
    else if (seen.has(file.path)) findings.fail(path, `${file.path} is there twice.`, "Remove one of them.");
    else if (section === "starter" && file.path === BRIEF_FILE)
      findings.fail(path, `${BRIEF_FILE} is made from the brief.`, "Give the file another name.");
    seen.add(file.path);
  }
  for (const [index, file] of files.entries())
    if (files.some((other) => other.path.startsWith(`${file.path}/`)))
      findings.fail(
        `${base}.files.${index}.path`,
        `${file.path} is a file, and another file lies below it.`,
        "Rename one of them.",
      );
  return findings.all;
}

/** Why a path cannot be a file of a workspace; null when it can. For people. */
export function pathProblem(path: string): string | null {
  if (path === "") return "the path is empty.";
  if (!path.isWellFormed() || /\p{Cc}/u.test(path)) return "the path holds control characters.";
  if (path.includes("\\")) return "the path holds a backslash.";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "the path is absolute.";
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === ".."))
    return "the path has an empty part, . or ..";
  const bytes = new TextEncoder().encode(path).length;
  if (bytes > 1000 || segments.length > 32) return "the path is too long.";
  if (segments.some((segment) => new TextEncoder().encode(segment).length > 255))
    return "a name is too long.";
  return null;
}
