import type { BlobStore } from "../blobs/blob-store.ts";
import type { AssessmentSpec } from "../contracts/assessment.ts";
import type { AssessmentDraft } from "../contracts/assessment-draft.ts";
import type { Tree } from "../contracts/tree.ts";
import { specOf } from "../domain/composer/draft-findings.ts";
import { type Finding, Findings } from "../domain/composer/finding.ts";
import { BRIEF_FILE } from "../domain/composer/inline-file-findings.ts";
import type { PinnedModel } from "../domain/composer/spec-models.ts";
import { assembleTree, TreeClashError } from "./assemble-tree.ts";
import { readPracticeFiles } from "./practice-files.ts";

export interface PreparedSpec {
  /** Null when a finding is `failed`. */
  spec: AssessmentSpec | null;
  findings: Finding[];
}

/**
 * The spec of a complete draft whose files come from these trees. The brief is a file of the starter.
 * @throws ZodError when `draftFindings` has a failed one
 */
export async function assembleSpec(
  draft: AssessmentDraft,
  blobs: Pick<BlobStore, "write" | "batch">,
  sources: { starter: Tree | null; practice: Tree | null },
  models: ReadonlyMap<string, PinnedModel>,
): Promise<PreparedSpec> {
  const brief = { path: BRIEF_FILE, text: draft.brief };
  const platform = draft.practiceStarter.source.kind === "platform" ? await readPracticeFiles() : [];
  const starter = new Findings("starter");
  const practice = new Findings("practice_starter");
  const starterTreeSha256 = await layOver(starter, "starter", () =>
    assembleTree(sources.starter, [...draft.starter.files, brief], blobs),
  );
  const practiceTreeSha256 = await layOver(practice, "practiceStarter", () =>
    assembleTree(sources.practice, [...platform, ...draft.practiceStarter.files], blobs),
  );
  const findings = [...starter.all, ...practice.all];
  const complete = starterTreeSha256 !== null && practiceTreeSha256 !== null;
  const spec = complete ? specOf(draft, { starterTreeSha256, practiceTreeSha256 }, models) : null;
  return { spec, findings };
}

async function layOver(
  findings: Findings,
  path: string,
  assemble: () => Promise<string>,
): Promise<string | null> {
  try {
    return await assemble();
  } catch (error) {
    if (!(error instanceof TreeClashError)) throw error;
    findings.fail(path, `${error.message}.`, "Rename the file, or take the other one out of the upload.");
    return null;
  }
}
