import { sql } from "kysely";
import type { MockApiSummary } from "../contracts/mock-api-log.ts";
import type { FaultKind } from "../contracts/weather.ts";
import type { Connection } from "./database.ts";

export type FaultCounts = Partial<Record<FaultKind, number>>;

/** Faults that the programs of attempts have met so far: attempt id -> fault -> requests. None for calm ones. */
export async function countFaults(
  db: Connection,
  attemptIds: readonly string[],
): Promise<Map<string, FaultCounts>> {
  const counts = new Map<string, FaultCounts>();
  if (attemptIds.length === 0) return counts;
  const rows = await db
    .selectFrom("mock_api_request")
    .where("attempt_id", "in", attemptIds)
    .where("fault", "is not", null)
    .groupBy(["attempt_id", "fault"])
    .select(["attempt_id", "fault", sql<number>`count(*)`.as("requests")])
    .execute();
  for (const { attempt_id: attemptId, fault, requests } of rows) {
    const ofAttempt = counts.get(attemptId!) ?? {};
    ofAttempt[fault as FaultKind] = Number(requests);
    counts.set(attemptId!, ofAttempt);
  }
  return counts;
}

/** More operations than this are only counted, so that a summary stays short. */
const MAX_OPERATIONS = 200;

/** What an attempt asked of each mock API, by hostname. Empty when it asked nothing. */
export async function summariseRequests(db: Connection, attemptId: string): Promise<MockApiSummary[]> {
  const rows = await db
    .selectFrom("mock_api_request")
    .where("attempt_id", "=", attemptId)
    .groupBy(["hostname", "operation_id", "status", "fault"])
    .orderBy("hostname")
    .orderBy("operation_id")
    .orderBy("status")
    .select(["hostname", "operation_id", "status", "fault", sql<number>`count(*)`.as("requests")])
    .execute();
  const unlogged = await unloggedRequests(db, attemptId);
  const summaries = new Map<string, MockApiSummary>();
  const left = new Map<string, Set<string>>();
  for (const row of rows) {
    const { hostname } = row;
    const summary = summaries.get(hostname) ?? emptySummary(hostname, unlogged);
    summaries.set(hostname, summary);
    const requests = Number(row.requests);
    const operationId = row.operation_id ?? "";
    summary.requests += requests;
    if (row.fault !== null) summary.faults[row.fault] = (summary.faults[row.fault] ?? 0) + requests;
    const known = Object.hasOwn(summary.operations, operationId);
    if (!known && Object.keys(summary.operations).length >= MAX_OPERATIONS) {
      left.set(hostname, (left.get(hostname) ?? new Set()).add(operationId));
      continue;
    }
    const status = row.status === null ? "none" : String(row.status);
    const byStatus = known ? summary.operations[operationId]! : {};
    byStatus[status] = (byStatus[status] ?? 0) + requests;
    summary.operations[operationId] = byStatus;
  }
  for (const [hostname, operations] of left) summaries.get(hostname)!.otherOperations = operations.size;
  return [...summaries.values()];
}

/** Requests of the attempt that its log lacks, for whatever reason. */
export async function unloggedRequests(db: Connection, attemptId: string): Promise<number> {
  const { requests } = await db
    .selectFrom("mock_api_unlogged")
    .where("attempt_id", "=", attemptId)
    .select(sql<number>`coalesce(sum(requests), 0)`.as("requests"))
    .executeTakeFirstOrThrow();
  return Number(requests);
}

function emptySummary(hostname: string, unlogged: number): MockApiSummary {
  return { hostname, requests: 0, operations: Object.create(null), otherOperations: 0, faults: {}, unlogged };
}
