import type { Kysely } from "kysely";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { DB } from "../../../shared/db/schema.gen.ts";
import { createLog } from "../../../shared/observability/log.ts";
import { LogBudget, type LogLimits } from "./log-budget.ts";
import type { KeptEntry, LogEntry, LogRow } from "./log-entry.ts";
import * as rows from "./log-rows.ts";
import { RequestLog, type RequestLogOptions } from "./request-log.ts";

const ATTEMPT = { kind: "attempt", id: "attempt-1" } as const;
const SECRETS = { key: "key_secret", headers: new Set<string>(), query: new Set<string>() };

/** The log over a database whose answers the test decides. */
function startLog(options: Partial<RequestLogOptions> = {}, limits: Partial<LogLimits> = {}) {
  const written: LogRow[] = [];
  const insert = vi
    .spyOn(rows, "insertRequests")
    .mockImplementation(async (_db, batch) => void written.push(...batch.map(rowOf)));
  const unlogged = vi.spyOn(rows, "addUnlogged").mockResolvedValue();
  const weather = vi.spyOn(rows, "saveWeather").mockResolvedValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const log = new RequestLog({} as Kysely<DB>, createLog("gateway", "silent"), { flushMs: 5, ...options });
  const budget = new LogBudget(
    ATTEMPT,
    { requests: 1_000_000, bodyBytes: 1e9, ...limits },
    { requests: 0, bodyBytes: 0 },
  );
  const add = (target: string, body: Uint8Array | null = null) => log.add(entryOf(target, body), budget);
  return {
    log,
    add,
    budget,
    written,
    insert,
    unlogged,
    weather,
    targets: () => written.map(({ target }) => target),
  };
}

function entryOf(target: string, body: Uint8Array | null): LogEntry {
  return {
    owner: ATTEMPT,
    hostname: "helpdesk.internal",
    secrets: SECRETS,
    at: 0,
    method: "GET",
    target,
    operationId: null,
    status: 200,
    durationMs: 1,
    request: { headers: {}, body: { head: null, bytes: 0 } },
    response: { headers: {}, body: { head: body, bytes: body?.length ?? 0 } },
    weather: null,
    notes: {},
  };
}

const rowOf = ({ row }: KeptEntry): LogRow => JSON.parse(row.toString());
const refused = (code: string) => Object.assign(new Error("refused"), { code });

describe("the request log", () => {
  test("writes in batches, in order, without being asked", async () => {
    const { add, targets, insert } = startLog();
    for (let count = 0; count < 600; count++) add(`/${count}`);
    await vi.waitFor(() => expect(targets()).toHaveLength(600));
    expect(targets()).toEqual(Array.from({ length: 600 }, (_, index) => `/${index}`));
    expect(insert).toHaveBeenCalledTimes(3);
  });

  test("waits for a database that is away, and loses nothing while there is room", async () => {
    const { log, add, targets, insert } = startLog();
    insert.mockRejectedValueOnce(new Error("connection refused"));
    add("/one");
    await log.flush();
    expect(targets()).toEqual([]);
    add("/two");
    await vi.waitFor(() => expect(targets()).toEqual(["/one", "/two"]));
  });

  test("holds only so much, counts the rest, and says so once it can", async () => {
    const { log, add, targets, insert, unlogged } = startLog({ maxWaiting: 10 });
    insert.mockRejectedValueOnce(new Error("connection refused"));
    for (let count = 0; count < 25; count++) add(`/${count}`);
    await log.flush();
    expect(unlogged).not.toHaveBeenCalled();
    await log.flush();
    expect(targets()).toHaveLength(10);
    expect(unlogged.mock.calls.map(([, ...call]) => call)).toEqual([["attempt-1", "overload", 15]]);
    add("/later");
    await log.flush();
    expect(targets().at(-1)).toBe("/later");
    expect(unlogged).toHaveBeenCalledTimes(1);
  });

  test("is bounded by bytes, too", async () => {
    const { log, add, targets, unlogged } = startLog({ maxWaitingBytes: 50_000 });
    for (let count = 0; count < 20; count++) add("/", Buffer.alloc(4000, "a"));
    await log.flush();
    expect(targets()).toHaveLength(8);
    expect(unlogged.mock.calls[0]!.slice(2)).toEqual(["overload", 12]);
  });

  test("leaves out what the database refuses, and only that", async () => {
    const { log, add, targets, insert, written } = startLog();
    insert.mockImplementation(async (_db, batch) => {
      const read = batch.map(rowOf);
      if (read.some(({ target }) => target === "/poison")) throw refused("23503");
      written.push(...read);
    });
    for (const target of ["/a", "/b", "/poison", "/c", "/d"]) add(target);
    await log.flush();
    expect(targets()).toEqual(["/a", "/b", "/c", "/d"]);
  });

  test("leaves out what cannot be written down, and does not fail the request for it", async () => {
    const { log, add, budget, targets } = startLog();
    add("/a");
    log.add({ ...entryOf("/broken", null), at: Number.NaN }, budget);
    add("/b");
    await log.flush();
    expect(targets()).toEqual(["/a", "/b"]);
  });

  test("past its share of bodies an attempt is logged without them", async () => {
    const { log, add, written } = startLog({}, { bodyBytes: 10 });
    add("/first", Buffer.from("12345678"));
    add("/second", Buffer.from("12345678"));
    await log.flush();
    expect(written.map(({ response }) => response)).toEqual([
      { headers: {}, bytes: 8, body: "12345678" },
      { headers: {}, bytes: 8 },
    ]);
  });

  test("keeps the latest weather of each operation, and tries again", async () => {
    const { log, weather } = startLog();
    const row = (requests: number) => ({
      attemptId: "attempt-1",
      hostname: "helpdesk.internal",
      operationId: "getMe",
      state: { requests, inARow: 0, strikes: {} },
    });
    weather.mockRejectedValueOnce(new Error("connection refused"));
    for (const requests of [1, 2, 3]) log.noteWeather(row(requests));
    await log.flush();
    await log.flush();
    await log.flush();
    expect(weather.mock.calls.map(([, batch]) => batch.map(({ state }) => state.requests))).toEqual([
      [3],
      [3],
    ]);
  });
});
