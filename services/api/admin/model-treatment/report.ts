import type { ModelTreatmentReport, ModelTreatmentRow } from "../../../shared/contracts/models.ts";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import type { Connection } from "../../../shared/db/database.ts";
import { usdOf } from "../../../shared/db/model-calls.ts";
import { findCredited } from "../../../shared/db/platform-credit.ts";
import { type Interval, secondsOf, uncoveredMs } from "../../../shared/domain/clock.ts";
import { FAILURES_OF_AN_OUTAGE, type Outage, outagesOf } from "../../../shared/domain/model-outages.ts";
import { treatmentMarks } from "../../../shared/domain/model-treatment.ts";
import { listPublications } from "../../records/assessment-publication.ts";
import { findOutageCalls, listTreatment, type TreatmentRow } from "../../records/model-treatment.ts";

/** What each candidate of a version met of the models. @throws PlatformError assessment_version_not_found */
export async function readTreatment(
  connection: Connection,
  assessmentId: string,
  versionId: string,
): Promise<ModelTreatmentReport> {
  const [version] = await listPublications(connection, assessmentId, versionId);
  if (!version) throw new PlatformError("assessment_version_not_found");
  const treated = await listTreatment(connection, versionId);
  // Most attempts have no outage, and their calls need not be read.
  const failing = treated.filter(({ upstreamFailures }) => upstreamFailures >= FAILURES_OF_AN_OUTAGE);
  const ids = failing.map(({ attemptId }) => attemptId);
  const calls = await findOutageCalls(connection, ids);
  const credited = await findCredited(connection, ids);
  const rows = treated.map((row) => {
    const outages = outagesOf(calls.get(row.attemptId) ?? []);
    return presentRow(row, outages, credited.get(row.attemptId) ?? []);
  });
  const marks = treatmentMarks(rows);
  return {
    assessmentVersionId: version.id,
    title: version.spec.title,
    number: version.number,
    rows: rows.map((row, index) => ({ ...row, marks: marks[index]! })),
  };
}

function presentRow(
  row: TreatmentRow,
  outages: readonly Outage[],
  credited: readonly Interval[],
): Omit<ModelTreatmentRow, "marks"> {
  const { state, submitRequestedAt, spentNanoUsd, ...figures } = row;
  return {
    ...figures,
    running: state === "running" && submitRequestedAt === null,
    spentUsd: usdOf(spentNanoUsd),
    outages: outages.map((outage) => presentOutage(outage, credited)),
  };
}

function presentOutage(outage: Outage, credited: readonly Interval[]) {
  const { from, until, failures } = outage;
  const uncovered = uncoveredMs(outage, credited);
  return {
    from: from.toISOString(),
    until: until.toISOString(),
    failures,
    creditedSec: secondsOf(until.getTime() - from.getTime() - uncovered),
    uncreditedSec: secondsOf(uncovered),
  };
}
