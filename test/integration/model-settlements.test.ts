import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Balance,
  type CallEnd,
  Ledger,
  type OpenCall,
} from "../../services/gateway/models/ledger/ledger.ts";
import { MAX_SETTLED_AT_ONCE } from "../../services/gateway/models/ledger/settle-calls.ts";
import { Settlements } from "../../services/gateway/models/ledger/settlements.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { insertModelAttempt } from "../support/models-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const LIMIT: Balance["limit"] = { nanoUsd: 1_000_000, tokens: 100_000 };

let database: TestDatabase;
let ledger: Ledger;
let attempt: { attemptId: string; epoch: number };
let statements: number[];
let settled: string[];
let settlements: Settlements;

beforeEach(async () => {
  database = await createTestDatabase();
  const attemptId = await insertModelAttempt(database, "a secret of the tests, long enough", {
    upstreams: [{ baseUrl: "http://127.0.0.1:1/v1" }],
  });
  attempt = { attemptId, epoch: 1 };
  ledger = new Ledger(database.pool);
  for (const line of ["product", "assistant"] as const) await ledger.openBudget(attemptId, line, LIMIT);
  [statements, settled] = [[], []];
  settlements = new Settlements({
    ledger: {
      settle: (of, ended) => {
        statements.push(ended.length);
        return ledger.settle(of, ended);
      },
    },
    attempt,
    log: createLog("gateway", "silent"),
    onSettled: (id) => settled.push(id),
  });
});
afterEach(() => database.drop());

async function reserve(line: OpenCall["line"] = "product"): Promise<OpenCall> {
  const call: OpenCall = {
    id: randomUUID(),
    line,
    endpoint: "chat/completions",
    alias: "small",
    stream: false,
    reserved: { nanoUsd: 1000, tokens: 100 },
    requestSha256: "0".repeat(64),
  };
  expect(await ledger.reserve(attempt, call)).toMatchObject({ state: "reserved" });
  return call;
}

const end = (change: Partial<CallEnd> = {}): CallEnd => ({
  outcome: "answered",
  status: 200,
  errorCode: null,
  target: null,
  failedTargets: 0,
  usage: { input: 7, cachedInput: 2, output: 3 },
  usageSource: "reported",
  costNanoUsd: 400,
  firstTokenMs: 1,
  durationMs: 2,
  transcript: () => ({
    request: Buffer.from([0, 255]),
    response: null,
    requestBytes: 2,
    responseBytes: 0,
    truncated: false,
  }),
  ...change,
});

const budgets = () =>
  database.db
    .selectFrom("attempt_model_budget")
    .select(["line", "spent_nano_usd", "reserved_nano_usd", "spent_tokens", "reserved_tokens"])
    .where("attempt_id", "=", attempt.attemptId)
    .orderBy("line", "desc")
    .execute();

test("calls that end together are settled by few statements, each on its own line's budget", async () => {
  const calls = await Promise.all(
    Array.from({ length: 40 }, (_, number) => reserve(number % 4 === 0 ? "assistant" : "product")),
  );
  for (const call of calls) settlements.add({ call, end: end() });
  await settlements.flush();
  expect(statements).toEqual([MAX_SETTLED_AT_ONCE, MAX_SETTLED_AT_ONCE, 40 - 2 * MAX_SETTLED_AT_ONCE]);
  expect(settled.toSorted()).toEqual(calls.map(({ id }) => id).toSorted());
  expect(await budgets()).toEqual([
    {
      line: "product",
      spent_nano_usd: 30 * 400,
      reserved_nano_usd: 0,
      spent_tokens: 300,
      reserved_tokens: 0,
    },
    {
      line: "assistant",
      spent_nano_usd: 10 * 400,
      reserved_nano_usd: 0,
      spent_tokens: 100,
      reserved_tokens: 0,
    },
  ]);
  const rows = await database.db.selectFrom("model_call").selectAll().execute();
  expect(
    new Set(
      rows.map(({ outcome, cost_nano_usd, request_sealed }) =>
        [outcome, cost_nano_usd, request_sealed].join(),
      ),
    ),
  ).toEqual(new Set([["answered", 400, Buffer.from([0, 255])].join()]));
});

test("a call is settled once, however often it is said to have ended", async () => {
  const call = await reserve();
  await ledger.settle(attempt, [{ call, end: end() }]);
  await ledger.settle(attempt, [{ call, end: end({ costNanoUsd: 900 }) }]);
  expect((await budgets())[0]).toMatchObject({ spent_nano_usd: 400, reserved_nano_usd: 0 });
});

test("a call whose reservation was lost is written down whole, and nothing is given back for it", async () => {
  const [lost, held] = [await reserve(), await reserve()];
  await database.db.deleteFrom("model_call").where("id", "=", lost.id).execute();
  settlements.add({ call: lost, end: end() });
  settlements.add({ call: held, end: end() });
  await settlements.flush();
  expect((await budgets())[0]).toMatchObject({ spent_nano_usd: 800, reserved_nano_usd: 1000 });
});

test("one that the database refuses holds back none of the others", async () => {
  const [first, refused, last] = [await reserve(), await reserve(), await reserve()];
  settlements.add({ call: first, end: end() });
  settlements.add({ call: refused, end: end({ usageSource: "made up" as CallEnd["usageSource"] }) });
  settlements.add({ call: last, end: end() });
  await settlements.flush();
  expect(settled.toSorted()).toEqual([first.id, last.id].toSorted());
  // What it may have cost stays taken.
  expect((await budgets())[0]).toMatchObject({ spent_nano_usd: 800, reserved_nano_usd: 1000 });
  expect(settlements.pending).toBe(false);
});
