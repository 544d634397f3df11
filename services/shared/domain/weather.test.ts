import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkWeather,
  type Fault,
  HINDERING_FAULTS,
  Weather,
  type WeatherRule,
} from "../contracts/weather.ts";
import { describeRule, WEATHER_PRESETS } from "../contracts/weather-words.ts";
import { chooseName, FAIR_START, Forecast, type WeatherDecision } from "./weather.ts";

const UNAVAILABLE: Fault = { kind: "server_error", status: 503, writes: "lost" };

function ruleOf(fault: Fault, more: Partial<WeatherRule> = {}): WeatherRule {
  const rate = { kind: "probability", probability: 1 } as const;
  return { name: "", operations: "*", fault, rate, schedule: {}, ...more };
}

/** Asks for `count` requests to one operation, each second one. */
function run(
  forecast: Forecast,
  operationId: string,
  count: number,
  secOf = (nth: number) => nth,
): WeatherDecision[] {
  let state = FAIR_START;
  return Array.from({ length: count }, (_, index) => {
    const decision = forecast.next(operationId, state, secOf(index + 1));
    state = decision.next;
    return decision;
  });
}

const kindsOf = (decisions: WeatherDecision[]) => decisions.map(({ strike }) => strike?.fault.kind ?? null);
const struck = (decisions: WeatherDecision[]) => decisions.filter(({ strike }) => strike).length;

const anyWeather = fc
  .array(
    fc.record({
      fault: fc.constantFrom<Fault>(
        UNAVAILABLE,
        { kind: "rate_limit", retryAfterSec: 1 },
        { kind: "malformed_json", how: "truncated" },
        { kind: "schema_drift", change: "removed" },
        { kind: "latency", delay: { shape: "uniform", minMs: 0, maxMs: 900 }, atMostMs: 500 },
      ),
      probability: fc.constantFrom(0.05, 0.3, 1),
      fromSec: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
      atMost: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    }),
    { maxLength: 6 },
  )
  .map((rules) =>
    rules.map(({ fault, probability, fromSec, atMost }) =>
      ruleOf(fault, { rate: { kind: "probability", probability }, schedule: { fromSec }, atMost }),
    ),
  )
  .map((rules): Weather => ({ rules, atMostInARow: 3 }));

describe("the same for everyone", () => {
  test("the same seed and sequence meet the same faults, whatever is asked elsewhere between", () => {
    fc.assert(
      fc.property(anyWeather, fc.string(), (weather, seed) => {
        const alone = run(new Forecast(weather, seed), "listTickets", 120);
        const forecast = new Forecast(weather, seed);
        let state = FAIR_START;
        let other = FAIR_START;
        for (const [index, expected] of alone.entries()) {
          other = forecast.next("getTicket", other, index).next;
          const decision = forecast.next("listTickets", state, index + 1);
          expect(decision).toEqual(expected);
          state = decision.next;
        }
      }),
      { numRuns: 40 },
    );
  });

  test("another seed, and another operation, meet others", () => {
    const weather: Weather = {
      rules: [ruleOf(UNAVAILABLE, { rate: { kind: "probability", probability: 0.5 } })],
      atMostInARow: 10,
    };
    const mine = kindsOf(run(new Forecast(weather, "seed"), "listTickets", 200));
    expect(kindsOf(run(new Forecast(weather, "another"), "listTickets", 200))).not.toEqual(mine);
    expect(kindsOf(run(new Forecast(weather, "seed"), "getTicket", 200))).not.toEqual(mine);
  });

  test("faults of two operations do not come together", () => {
    const weather: Weather = {
      rules: [
        ruleOf(
          { kind: "schema_drift", change: "removed" },
          { rate: { kind: "probability", probability: 0.3 } },
        ),
      ],
      atMostInARow: 3,
    };
    const forecast = new Forecast(weather, "seed");
    const count = 20_000;
    const [first, second] = ["a", "b"].map((name) => kindsOf(run(forecast, name, count)));
    const both = first!.filter((kind, index) => kind && second![index]).length / count;
    expect(both).toBeCloseTo(0.09, 2);
  });
});

describe("how often and when", () => {
  test.each([0.001, 0.02, 0.3, 0.9])("a probability of %d is what happens in the long run", (probability) => {
    const weather: Weather = {
      rules: [
        ruleOf({ kind: "schema_drift", change: "nulled" }, { rate: { kind: "probability", probability } }),
      ],
      atMostInARow: 1,
    };
    const count = 40_000;
    for (const seed of ["one", "two", "three"]) {
      const rate = struck(run(new Forecast(weather, seed), "any", count)) / count;
      const deviation = Math.sqrt((probability * (1 - probability)) / count);
      expect(Math.abs(rate - probability), seed).toBeLessThan(4.5 * deviation);
    }
  });

  test("every n-th is every n-th", () => {
    const weather: Weather = {
      rules: [ruleOf(UNAVAILABLE, { rate: { kind: "every", every: 3 } })],
      atMostInARow: 1,
    };
    const hit = run(new Forecast(weather, ""), "any", 9).flatMap(({ strike }, index) =>
      strike ? [index + 1] : [],
    );
    expect(hit).toEqual([3, 6, 9]);
  });

  test.each<[string, WeatherRule["schedule"], number[]]>([
    ["after three requests", { afterRequests: 3 }, [4, 5, 6, 7, 8, 9, 10]],
    ["from 3 s to 6 s", { fromSec: 3, toSec: 6 }, [3, 4, 5]],
    ["two of every five seconds", { burst: { everySec: 5, forSec: 2 } }, [1, 5, 6, 10]],
  ])("%s", (_, schedule, expected) => {
    const weather: Weather = {
      rules: [ruleOf({ kind: "schema_drift", change: "removed" }, { schedule })],
      atMostInARow: 1,
    };
    const hit = run(new Forecast(weather, ""), "any", 10).flatMap(({ strike }, index) =>
      strike ? [index + 1] : [],
    );
    expect(hit).toEqual(expected);
  });

  test("a rule may be limited", () => {
    const weather: Weather = {
      rules: [ruleOf({ kind: "schema_drift", change: "removed" }, { atMost: 2 })],
      atMostInARow: 3,
    };
    expect(struck(run(new Forecast(weather, ""), "any", 50))).toBe(2);
  });

  test("nobody is stuck: after so many in a row a request goes through, even when every rule always strikes", () => {
    fc.assert(
      fc.property(anyWeather, fc.integer({ min: 1, max: 4 }), (weather, atMostInARow) => {
        let inARow = 0;
        for (const { strike } of run(new Forecast({ ...weather, atMostInARow }, "seed"), "any", 200)) {
          inARow = strike && HINDERING_FAULTS.has(strike.fault.kind) ? inARow + 1 : 0;
          expect(inARow).toBeLessThanOrEqual(atMostInARow);
        }
      }),
      { numRuns: 60 },
    );
    const always: Weather = { rules: [ruleOf(UNAVAILABLE)], atMostInARow: 2 };
    expect(kindsOf(run(new Forecast(always, ""), "any", 6))).toEqual([
      "server_error",
      "server_error",
      null,
      "server_error",
      "server_error",
      null,
    ]);
  });
});

describe("latency", () => {
  const delays = (fault: Fault) =>
    run(new Forecast({ rules: [ruleOf(fault)], atMostInARow: 3 }, "seed"), "any", 20_000)
      .map(({ delayMs }) => delayMs)
      .sort((left, right) => left - right);
  const at = (sorted: number[], part: number) => sorted[Math.floor(part * sorted.length)]!;

  test("a lognormal one has the percentiles that were asked for", () => {
    const sorted = delays({
      kind: "latency",
      delay: { shape: "lognormal", p50Ms: 100, p99Ms: 1500 },
      atMostMs: 30_000,
    });
    expect(at(sorted, 0.5)).toBeGreaterThan(95);
    expect(at(sorted, 0.5)).toBeLessThan(105);
    expect(at(sorted, 0.99)).toBeGreaterThan(1300);
    expect(at(sorted, 0.99)).toBeLessThan(1750);
  });

  test("a normal one has its mean and deviation, and never takes less than no time", () => {
    const sorted = delays({
      kind: "latency",
      delay: { shape: "normal", meanMs: 300, deviationMs: 50 },
      atMostMs: 5000,
    });
    expect(at(sorted, 0.5)).toBeCloseTo(300, -1);
    expect(at(sorted, 0.8413) - at(sorted, 0.5)).toBeCloseTo(50, -1);
    expect(
      delays({ kind: "latency", delay: { shape: "normal", meanMs: 0, deviationMs: 90 }, atMostMs: 100 })[0],
    ).toBe(0);
  });

  test("is cut at its bound, and leaves room for another fault", () => {
    const latency: Fault = {
      kind: "latency",
      delay: { shape: "uniform", minMs: 50, maxMs: 900 },
      atMostMs: 500,
    };
    const sorted = delays(latency);
    expect([at(sorted, 0), sorted.at(-1)]).toEqual([50, 500]);
    const both = new Forecast({ rules: [ruleOf(latency), ruleOf(UNAVAILABLE)], atMostInARow: 3 }, "").next(
      "any",
      FAIR_START,
      0,
    );
    expect(both.delayMs).toBeGreaterThan(0);
    expect(both.strike?.fault.kind).toBe("server_error");
  });
});

test("a choice by name stays when other names come and go", () => {
  const names = Array.from({ length: 30 }, (_, index) => `field${index}`);
  const chosen = chooseName("key", names)!;
  expect(names).toContain(chosen);
  expect(
    chooseName(
      "key",
      [...names].reverse().filter((_, index) => index % 2 === 0 || names.at(-1 - index) === chosen),
    ),
  ).toBe(chosen);
  expect(
    new Set(Array.from({ length: 60 }, (_, index) => chooseName(`${index}`, names))).size,
  ).toBeGreaterThan(10);
});

describe("what is accepted", () => {
  test("the presets are valid, suit any document, and read well", () => {
    for (const { weather } of WEATHER_PRESETS) {
      expect(Weather.parse(weather)).toEqual(weather);
      expect(checkWeather(weather, [])).toEqual([]);
      for (const rule of weather.rules) expect(describeRule(rule)).not.toMatch(/undefined|NaN|\[object/);
    }
    expect(WEATHER_PRESETS.flatMap(({ weather }) => weather.rules.slice(0, 2).map(describeRule))).toEqual([
      "Every request to any operation: takes mostly 60 ms, one in a hundred 800 ms longer",
      "1 % of requests to any operation: 429 with Retry-After 1 s",
      "Every request to any operation: takes mostly 150 ms, one in a hundred 3000 ms longer",
      "50 % of requests to any operation, for 20 s of every 10:00: 503 with Retry-After 2 s, writes are lost",
    ]);
  });

  test("an empty weather is a calm one, as versions of before have it", () => {
    expect(new Forecast(Weather.parse({ rules: [] }), "").isCalm).toBe(true);
  });

  test.each([
    ["a longer delay than is allowed", { kind: "latency", delay: { shape: "constant", ms: 31_000 } }],
    ["a lognormal upside down", { kind: "latency", delay: { shape: "lognormal", p50Ms: 9, p99Ms: 3 } }],
    ["a timeout of an hour", { kind: "timeout", afterSec: 3600 }],
    ["a lost write whose answer begins", { kind: "dropped_connection", at: "mid_body", writes: "lost" }],
    ["a pointer that is none", { kind: "schema_drift", change: "removed", pointer: "data/0" }],
    ["a fault that nobody knows", { kind: "earthquake" }],
  ])("refuses %s", (_, fault) => {
    const rules = [{ operations: "*", fault, rate: { kind: "every", every: 2 } }];
    expect(Weather.safeParse({ rules }).success).toBe(false);
    const sound = [{ ...rules[0], fault: { kind: "timeout", afterSec: 5 } }];
    expect(Weather.safeParse({ rules: sound }).success).toBe(true);
  });

  test("says which operations the document lacks, and what can never strike", () => {
    const rules = [
      ruleOf(UNAVAILABLE, { operations: ["getTicket", "gone"] }),
      ruleOf(UNAVAILABLE, { rate: { kind: "probability", probability: 0 } }),
      ruleOf(UNAVAILABLE, { schedule: { fromSec: 70, toSec: 100, burst: { everySec: 100, forSec: 10 } } }),
      ruleOf(UNAVAILABLE, { schedule: { fromSec: 70, toSec: 101, burst: { everySec: 100, forSec: 10 } } }),
    ];
    const issues = checkWeather({ rules, atMostInARow: 3 }, ["getTicket"]);
    expect(issues.map(({ pointer, code }) => [pointer, code])).toEqual([
      ["/rules/0/operations/1", "unknown_operation"],
      ["/rules/1/rate/probability", "never_strikes"],
      ["/rules/2/schedule", "never_strikes"],
    ]);
  });
});
