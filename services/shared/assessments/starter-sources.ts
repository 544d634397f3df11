import type { BlobStore } from "../blobs/blob-store.ts";
import { readTree } from "../blobs/tree-blobs.ts";
import { AssessmentSpec } from "../contracts/assessment.ts";
import type { AssessmentDraft } from "../contracts/assessment-draft.ts";
import type { Tree } from "../contracts/tree.ts";
import type { Connection } from "../db/database.ts";
import { type Finding, Findings } from "../domain/composer/finding.ts";

export interface SourceTrees {
  /** Digests; null where there is no source, or the platform's practice is meant. */
  starter: string | null;
  practice: string | null;
  findings: Finding[];
}

type Source = AssessmentDraft["starter"]["source"] | AssessmentDraft["practiceStarter"]["source"];

/** The trees that a draft's workspaces are made from, before files of the composer are laid over them. */
export async function findSourceTrees(connection: Connection, draft: AssessmentDraft): Promise<SourceTrees> {
  const starter = new Findings("starter");
  const practice = new Findings("practice_starter");
  return {
    starter: await findSource(connection, draft.starter.source, "starter", starter),
    practice: await findSource(connection, draft.practiceStarter.source, "practice", practice),
    findings: [...starter.all, ...practice.all],
  };
}

async function findSource(
  connection: Connection,
  source: Source,
  which: "starter" | "practice",
  findings: Findings,
): Promise<string | null> {
  const path = which === "starter" ? "starter.source" : "practiceStarter.source";
  if (source.kind === "upload") return findUploaded(connection, source.uploadId, path, findings);
  if (source.kind !== "version") return null;
  const row = await connection
    .selectFrom("assessment_version")
    .select("spec")
    .where("id", "=", source.assessmentVersionId)
    .executeTakeFirst();
  if (!row) {
    findings.fail(path, "The version whose files are meant is gone.", "Choose another source of files.");
    return null;
  }
  const spec = AssessmentSpec.parse(row.spec);
  return which === "starter" ? spec.starterTreeSha256 : spec.practiceTreeSha256;
}

async function findUploaded(
  connection: Connection,
  uploadId: string,
  path: string,
  findings: Findings,
): Promise<string | null> {
  const row = await connection
    .selectFrom("starter_import")
    .select(["state", "tree_sha256"])
    .where("upload_id", "=", uploadId)
    .executeTakeFirst();
  if (row?.tree_sha256) return row.tree_sha256;
  if (row?.state === "failed")
    findings.fail(
      path,
      "The uploaded files were refused.",
      "Correct what is said there, and upload them again.",
    );
  else if (row) findings.fail(path, "The uploaded files are still being read.", "Try again in a moment.");
  else findings.fail(path, "The upload is gone or was not finished.", "Upload the files again.");
  return null;
}

/** Null stays null. */
export function readSource(sha256: string | null, blobs: Pick<BlobStore, "read">): Promise<Tree | null> {
  return sha256 === null ? Promise.resolve(null) : readTree(sha256, blobs);
}
