import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import type {
  ModelCallPage,
  ModelCallQuery,
  ModelCallSummary,
  ModelCallView,
} from "../../../shared/contracts/models.ts";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import type { Connection } from "../../../shared/db/database.ts";
import { usdOf } from "../../../shared/db/model-calls.ts";
import { nominalSec } from "../../../shared/domain/clock.ts";
import type { ApiContext } from "../../context.ts";
import { type Redactor, redactorOf } from "../../records/blind-identity.ts";
import { findModelCall, listModelCalls, type ModelCallRow, readCallFrame } from "../../records/model-call.ts";
import { requireSubmissionRow } from "../submission-view.ts";
import { readExcerpt, readRequest, readResponse } from "./call-texts.ts";

type Reading = Pick<ApiContext, "db" | "secrets">;
type Clock = Awaited<ReturnType<typeof readCallFrame>>["clock"];

const PAGE = 100;

/** @throws PlatformError submission_not_found, model_call_not_found (the one to go on after) */
export async function readModelCalls(
  { db, secrets }: Reading,
  submissionId: string,
  query: z.infer<typeof ModelCallQuery>,
): Promise<ModelCallPage> {
  await requireSubmissionRow(db, submissionId);
  if (query.after) await requireCall(db, submissionId, query.after);
  const { clock, totals } = await readCallFrame(db, submissionId);
  const redact = await redactorOf(db, submissionId);
  const rows = await listModelCalls(db, submissionId, { ...query, limit: PAGE + 1 });
  const page = rows.slice(0, PAGE);
  const items: ModelCallSummary[] = [];
  for (const row of page) {
    items.push(presentCall(row, clock, redact, readExcerpt(secrets, row, redact)));
    // Each request may be large; others are answered between two of them.
    await setImmediate();
  }
  return { items, nextAfter: rows.length > PAGE ? page.at(-1)!.id : null, totals };
}

/** @throws PlatformError submission_not_found, model_call_not_found */
export async function readModelCall(
  { db, secrets }: Reading,
  submissionId: string,
  callId: string,
): Promise<ModelCallView> {
  await requireSubmissionRow(db, submissionId);
  const call = await requireCall(db, submissionId, callId);
  const { clock } = await readCallFrame(db, submissionId);
  const redact = await redactorOf(db, submissionId);
  const request = readRequest(secrets, call, redact);
  const response = readResponse(secrets, call, redact);
  return {
    ...presentCall(call, clock, redact, readExcerpt(secrets, call, redact)),
    request: request.text,
    response: response.text,
    reassembled: response.reassembled,
    requestBytes: call.requestBytes,
    responseBytes: call.responseBytes,
    truncated: call.truncated,
    redacted: request.redacted || response.redacted,
  };
}

async function requireCall(connection: Connection, submissionId: string, callId: string) {
  const call = await findModelCall(connection, submissionId, callId);
  if (!call) throw new PlatformError("model_call_not_found");
  return call;
}

function presentCall(row: ModelCallRow, clock: Clock, redact: Redactor, excerpt: string): ModelCallSummary {
  return {
    id: row.id,
    afterSec: nominalSec(row.at, clock),
    line: row.line,
    endpoint: row.endpoint,
    // A program may ask for a model of any name.
    alias: redact(row.alias).text,
    upstreamModel: row.upstreamModel,
    mock: row.mock,
    stream: row.stream,
    outcome: row.outcome,
    status: row.status,
    errorCode: row.errorCode,
    inputTokens: row.inputTokens,
    cachedInputTokens: row.cachedInputTokens,
    outputTokens: row.outputTokens,
    usage: row.usage,
    costUsd: usdOf(row.costNanoUsd),
    firstTokenMs: row.firstTokenMs,
    durationMs: row.durationMs,
    failedTargets: row.failedTargets,
    excerpt,
  };
}
