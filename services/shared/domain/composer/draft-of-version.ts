import type { AssessmentSpec } from "../../contracts/assessment.ts";
import type { AssessmentDraft, DatasetPin, MockApiPin } from "../../contracts/assessment-draft.ts";
import { modelPolicyOf } from "./spec-models.ts";

/** A published version as a draft: its files are taken from it, whatever they were made from. */
export function draftOfVersion(
  spec: AssessmentSpec,
  pins: { datasets: DatasetPin[]; mockApis: MockApiPin[] },
  assessmentVersionId: string,
): AssessmentDraft {
  const { starterTreeSha256: _, practiceTreeSha256: __, ...rest } = spec;
  const source = { kind: "version" as const, assessmentVersionId };
  return {
    ...rest,
    // The version's files hold the brief, too; publishing writes it anew.
    starter: { source, files: [] },
    practiceStarter: { source, files: [] },
    datasets: pins.datasets,
    mockApis: pins.mockApis,
    models: modelPolicyOf(spec.models),
  };
}

/** A draft with nothing in it but what every assessment needs: limits that work, the image, the tour. */
export function emptyDraft(title: string): AssessmentDraft {
  return {
    title,
    company: { name: "", about: "" },
    role: { title: "", type: 1 },
    stages: ["work_sample"],
    brief: "",
    expectations: "",
    disclosures: [],
    aiPolicy: { kind: "disclose", statement: "" },
    limitSec: 2 * 3600,
    practiceLimitSec: 20 * 60,
    snapshotIntervalSec: 30,
    image: "workbench",
    limits: { cpus: 2, memoryMib: 2048, diskMib: 2048, pids: 512 },
    starter: { source: { kind: "none" }, files: [] },
    practiceStarter: { source: { kind: "platform" }, files: [] },
    rubric: { criteria: [] },
    datasets: [],
    mockApis: [],
    packages: { kind: "none" },
    models: { kind: "none" },
  };
}
