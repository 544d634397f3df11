import type { BlobStore } from "../blobs/blob-store.ts";
import type { AssessmentDraft } from "../contracts/assessment-draft.ts";
import type { Connection } from "../db/database.ts";
import { draftFindings } from "../domain/composer/draft-findings.ts";
import { modelIdsOf } from "../domain/composer/spec-models.ts";
import { assembleSpec, type PreparedSpec } from "./assemble-spec.ts";
import { pinFindings } from "./pin-findings.ts";
import { findPinnedModels } from "./pinned-material.ts";
import { findSourceTrees, readSource } from "./starter-sources.ts";

/**
 * Makes a version's spec of a draft: what is missing is found, the files of both workspaces are put together and
 * stored. Changes nothing in the database; equal drafts give equal specs.
 */
export async function prepareSpec(
  connection: Connection,
  blobs: Pick<BlobStore, "read" | "write" | "batch">,
  draft: AssessmentDraft,
  images: readonly string[],
): Promise<PreparedSpec> {
  const sources = await findSourceTrees(connection, draft);
  const findings = [
    ...draftFindings(draft, images),
    ...(await pinFindings(connection, draft)),
    ...sources.findings,
  ];
  if (findings.some(({ severity }) => severity === "failed")) return { spec: null, findings };
  const trees = {
    starter: await readSource(sources.starter, blobs),
    practice: await readSource(sources.practice, blobs),
  };
  const models = await findPinnedModels(connection, modelIdsOf(draft.models));
  const assembled = await assembleSpec(draft, blobs, trees, models);
  return { spec: assembled.spec, findings: [...findings, ...assembled.findings] };
}
