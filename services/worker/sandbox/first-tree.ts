import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Connection } from "../../shared/db/database.ts";
import type { AttemptRecord } from "../records/attempt-record.ts";
import { findRunSource } from "../records/run-record.ts";

/** Digest of the tree that an attempt's workspace is filled with at first: starter files, or what was submitted. */
export async function firstTreeOf(
  db: Connection,
  { kind, runOf }: Pick<AttemptRecord, "kind" | "runOf">,
  spec: Pick<AssessmentSpec, "starterTreeSha256" | "practiceTreeSha256">,
): Promise<string> {
  if (runOf !== null) return (await findRunSource(db, runOf)).treeSha256;
  return kind === "scored" ? spec.starterTreeSha256 : spec.practiceTreeSha256;
}
