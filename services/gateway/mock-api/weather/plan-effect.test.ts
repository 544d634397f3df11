import { describe, expect, test } from "vitest";
import type { Fault } from "../../../shared/contracts/weather.ts";
import type { WireAnswer } from "../send-outcome.ts";
import { driftJson, type SchemaDrift } from "./drift.ts";
import { planEffect, writesUnder } from "./plan-effect.ts";

const answerOf = (body: unknown, change: Partial<WireAnswer> = {}): WireAnswer => ({
  status: 200,
  headers: {},
  type: "application/json",
  body: body === undefined ? "" : JSON.stringify(body),
  ...change,
});
const plan = (fault: Fault, answer: WireAnswer | null, chance = 0.5, withBody = true) =>
  planEffect({ rule: 0, fault, key: "key", chance }, answer, withBody);
const drift = (value: unknown, fault: Omit<SchemaDrift, "kind">, key = "key") => {
  const drifted = driftJson(JSON.stringify(value), { kind: "schema_drift", ...fault }, key);
  return drifted && { value: JSON.parse(drifted.text), pointer: drifted.pointer };
};

describe("malformed JSON", () => {
  const bodies = [{ a: 1, b: [2] }, [], {}, [1, 2], "text", 12, true, null, ""];
  const chances = Array.from({ length: 50 }, (_, index) => index / 50);
  test.each(["truncated", "trailing_garbage"] as const)("%s is never JSON", (how) => {
    for (const body of bodies)
      for (const chance of [...chances, 0.999999]) {
        const effect = plan({ kind: "malformed_json", how }, answerOf(body), chance);
        if (effect?.do !== "send") throw new Error("nothing happened");
        expect(effect.answer.status).toBe(200);
        expect(() => JSON.parse(String(effect.answer.body)), String(effect.answer.body)).toThrow();
      }
    expect(() => JSON.parse(JSON.stringify(bodies))).not.toThrow();
  });
});

describe("schema drift", () => {
  const page = {
    data: [
      { id: 1, created_at: "x" },
      { id: 2, created_at: "y" },
    ],
    total: 2,
  };

  test("changes the field everywhere a pointer leads", () => {
    const at = (change: SchemaDrift["change"], pointer: string, more = {}) =>
      drift(page, { change, pointer, ...more })?.value;
    expect(at("removed", "/data/*/created_at").data).toEqual([{ id: 1 }, { id: 2 }]);
    expect(at("renamed", "/data/*/created_at").data[1]).toEqual({ id: 2, createdAt: "y" });
    expect(at("renamed", "/data/*/id", { renameTo: "identifier" }).data[0]).toEqual({
      created_at: "x",
      identifier: 1,
    });
    expect(at("renamed", "/total")).toMatchObject({ total_value: 2 });
    expect(at("retyped", "/data/*/id").data[0].id).toBe("1");
    expect(at("retyped", "/data/*/created_at").data[0].created_at).toEqual({ value: "x" });
    expect(at("nulled", "/data/1/id").data.map(({ id }: { id: unknown }) => id)).toEqual([1, null]);
    expect(at("nulled", "/data/*/*").data).toEqual(Array(2).fill({ id: null, created_at: null }));
  });

  test("does nothing where there is no such field", () => {
    for (const pointer of ["/gone", "/data/7/id", "/data/id", "/total/x", "/data/*/gone"])
      expect(drift(page, { change: "removed", pointer }), pointer).toBeNull();
    expect(drift({ a: null }, { change: "nulled", pointer: "/a" })).toBeNull();
    expect(drift({ a: 1, b: 2 }, { change: "renamed", pointer: "/a", renameTo: "b" })).toBeNull();
  });

  test("chosen by the seed it is a field of the records, the same in every answer", () => {
    const chosen = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const { pointer, value } = drift(page, { change: "removed" }, `${seed}`)!;
      chosen.add(pointer);
      expect(value.data.every((one: object) => Object.keys(one).length === 1)).toBe(true);
      expect(drift({ ...page, data: [page.data[1]] }, { change: "removed" }, `${seed}`)!.pointer).toBe(
        pointer,
      );
    }
    expect([...chosen].sort()).toEqual(["/data/*/created_at", "/data/*/id"]);
    expect(drift({ only: 1 }, { change: "removed" })?.pointer).toBe("/only");
    expect(drift([{ only: 1 }], { change: "removed" })?.pointer).toBe("/*/only");
    for (const nothing of [[], {}, 5, "text", null, [1, 2]])
      expect(drift(nothing, { change: "removed" })).toBeNull();
  });

  test("identifiers of 18 digits stay exact", () => {
    const text = '{"id":123456789012345678,"rate":1.10,"name":"a"}';
    const changed = (pointer: string, change: SchemaDrift["change"]) =>
      driftJson(text, { kind: "schema_drift", change, pointer }, "")?.text;
    expect(changed("/name", "removed")).toBe('{"id":123456789012345678,"rate":1.10}');
    expect(changed("/id", "retyped")).toBe('{"id":"123456789012345678","rate":1.10,"name":"a"}');
  });

  test("nothing reaches the prototype", () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}';
    for (const pointer of ["/__proto__/polluted", "/constructor/prototype", "/__proto__"])
      for (const change of ["removed", "nulled", "retyped", "renamed"] as const)
        driftJson(text, { kind: "schema_drift", change, pointer, renameTo: "x" }, "");
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.prototype.constructor).toBe(Object);
  });

  test("failures are not touched", () => {
    const problem = answerOf({ title: "Not found" }, { status: 404, type: "application/problem+json" });
    expect(plan({ kind: "schema_drift", change: "removed" }, problem)).toBeNull();
    expect(plan({ kind: "schema_drift", change: "removed" }, { ...problem, status: 200 })).not.toBeNull();
  });
});

test("a fault that spoils bodies leaves answers without one alone", () => {
  const faults: Fault[] = [
    { kind: "malformed_json", how: "truncated" },
    { kind: "schema_drift", change: "removed" },
    { kind: "slow_body", bytesPerSec: 100, atMostSec: 5 },
  ];
  for (const fault of faults) {
    expect(plan(fault, answerOf(undefined, { status: 204, type: undefined }))).toBeNull();
    expect(plan(fault, answerOf({ a: 1 }), 0.5, false)).toBeNull();
    expect(plan(fault, answerOf({ a: 1 }))).not.toBeNull();
  }
  expect(
    plan({ kind: "malformed_json", how: "truncated" }, answerOf({ a: 1 }, { type: "text/csv" })),
  ).toBeNull();
});

test("what never reaches the API is answered without it", () => {
  const error: Fault = { kind: "server_error", status: 503, retryAfterSec: 7, writes: "lost" };
  expect(writesUnder(error)).toBe("lost");
  expect(writesUnder({ kind: "rate_limit", retryAfterSec: 1 })).toBe("lost");
  expect(writesUnder({ kind: "malformed_json", how: "truncated" })).toBe("happen");
  expect(plan(error, null)).toMatchObject({ answer: { status: 503, headers: { "retry-after": "7" } } });
  expect(plan({ kind: "rate_limit", retryAfterSec: 3 }, null)).toMatchObject({ answer: { status: 429 } });
  expect(plan({ kind: "dropped_connection", at: "before_headers", writes: "lost" }, null)).toEqual({
    do: "drop",
    answer: null,
  });
  expect(plan({ kind: "dropped_connection", at: "mid_body", writes: "happen" }, answerOf(undefined))).toEqual(
    { do: "drop", answer: null },
  );
});
