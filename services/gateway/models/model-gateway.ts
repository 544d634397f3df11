import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Config } from "../../shared/config/config.ts";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { SpecModels } from "../../shared/contracts/models.ts";
import type { Database } from "../../shared/db/database.ts";
import { SecretBox } from "../../shared/domain/secret-box.ts";
import { openOutbound } from "../../shared/models/outbound.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { Ledger } from "./ledger/ledger.ts";
import { linesOf, type MeteredModels } from "./line.ts";
import { ModelError, presentAsOpenAi, sendModelError } from "./model-error.ts";
import { MODEL_CALL_LIMITS, type ModelCallLimits, type ModelParts } from "./model-parts.ts";
import { ModelsService } from "./models-service.ts";
import { RecordedAnswers } from "./replay/recorded-answers.ts";
import { Replay } from "./replay/replay.ts";
import { UpstreamDirectory } from "./upstream/upstream-directory.ts";

export interface ModelDependencies {
  db: Database;
  pool: pg.Pool;
  config: Pick<Config, "secret" | "outboundProxy">;
  log: Log;
  /** Overrides for tests. */
  limits?: Partial<ModelCallLimits>;
  timeouts?: Partial<ModelTimeouts>;
}

export interface ModelTimeouts {
  /** Until an answer begins. */
  firstByteMs: number;
  /** An answer that has begun may be silent. */
  silenceMs: number;
}
const TIMEOUTS: ModelTimeouts = { firstByteMs: 120_000, silenceMs: 60_000 };
const RETRY_MS = 1000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export interface ModelGateway {
  open(attempt: AttemptContext): Promise<EgressService>;
  /** Ends calls of this host's attempts that a gateway before this one left open; tries until the database answers. */
  settleLost(hostId: string): Promise<void>;
  close(): Promise<void>;
}

/** Models for the sandboxes of one host: upstreams, budgets and transcripts. */
export function createModelGateway(deps: ModelDependencies): ModelGateway {
  const { db, config, log } = deps;
  const { firstByteMs, silenceMs } = { ...TIMEOUTS, ...deps.timeouts };
  const outbound = openOutbound({
    proxyUrl: config.outboundProxy,
    headersTimeoutMs: firstByteMs,
    bodyTimeoutMs: silenceMs,
  });
  const box = new SecretBox(config.secret);
  const ledger = new Ledger(deps.pool);
  let isClosed = false;
  const parts: ModelParts = {
    ledger,
    box,
    log,
    directory: new UpstreamDirectory(db, box, outbound, {
      firstByteTimeoutMs: firstByteMs,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    }),
    limits: { ...MODEL_CALL_LIMITS, ...deps.limits },
    underWay: new Set(),
  };
  /** A budget is there only once its reviewer allows one. */
  const openRun = async (attempt: AttemptContext, models: MeteredModels) => {
    const answers = new RecordedAnswers(deps.pool, box, await readRunSource(db, attempt.attemptId));
    const lines = linesOf({ ...models, assistant: null });
    return new ModelsService(parts, attempt, lines, await Replay.open(answers, attempt));
  };
  return {
    async open(attempt) {
      if (attempt.kind === "practice")
        return notOffered("Models are there once your assessment has started.");
      const models = await readModels(db, attempt.attemptId);
      if (models.kind === "none") return notOffered("This assessment has no models.");
      if (attempt.kind === "run") return openRun(attempt, models);
      const lines = linesOf(models);
      for (const { name, budget } of lines) await ledger.openBudget(attempt.attemptId, name, budget);
      return new ModelsService(parts, attempt, lines);
    },
    async settleLost(hostId) {
      while (!isClosed) {
        try {
          return await ledger.settleLost(hostId, [...parts.underWay]);
        } catch (error) {
          log.warn({ err: error }, "calls that an earlier gateway left open could not be ended");
          await sleep(RETRY_MS, undefined, { ref: false });
        }
      }
    },
    async close() {
      isClosed = true;
      await outbound.close();
    },
  };
}

async function readModels(db: Database, attemptId: string): Promise<SpecModels> {
  const row = await db
    .selectFrom("attempt")
    .innerJoin("assessment_version as version", "version.id", "attempt.assessment_version_id")
    .select("version.spec")
    .where("attempt.id", "=", attemptId)
    .executeTakeFirst();
  const spec = row?.spec as { models?: unknown } | undefined;
  return AssessmentSpec.shape.models.parse(spec?.models);
}

/** The attempt whose answers a run replays. */
async function readRunSource(db: Database, runId: string): Promise<string> {
  const row = await db
    .selectFrom("attempt as run")
    .innerJoin("submission", "submission.id", "run.run_of")
    .select("submission.attempt_id")
    .where("run.id", "=", runId)
    .executeTakeFirstOrThrow();
  return row.attempt_id;
}

/** Answers everything by why there is nothing. */
function notOffered(message: string): EgressService {
  return {
    present: presentAsOpenAi,
    handle: (_, response) => sendModelError(response, new ModelError("models_not_offered", message)),
  };
}
