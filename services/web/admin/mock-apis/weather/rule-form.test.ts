import { describe, expect, it } from "vitest";
import { FAULT_KINDS, type FaultKind, type WeatherRule } from "../../../../shared/contracts/weather.ts";
import { WEATHER_PRESETS } from "../../../../shared/contracts/weather-words.ts";
import { FIRST_FAULTS, fieldsOf, getAt, setAt } from "./fault-fields.ts";
import { formOf, newRule, ruleOf } from "./rule-form.ts";

describe("a rule of the weather in its form", () => {
  it.each(WEATHER_PRESETS.flatMap(({ weather }) => weather.rules))("comes back as it was (%#)", (rule) =>
    expect(ruleOf(formOf(rule))).toEqual({ rule, problems: null }),
  );

  it("comes back with its schedule, too", () => {
    const rule: WeatherRule = {
      name: "Deploys",
      operations: ["listTickets"],
      fault: { kind: "server_error", status: 502, retryAfterSec: 4, writes: "happen" },
      rate: { kind: "every", every: 7 },
      schedule: { afterRequests: 3, fromSec: 90, toSec: 5400, burst: { everySec: 60, forSec: 5 } },
      atMost: 9,
    };
    expect(ruleOf(formOf(rule))).toEqual({ rule, problems: null });
  });

  it.each(FAULT_KINDS)("is valid at first, and each field of %s is one of it", (kind: FaultKind) => {
    const form = newRule(FIRST_FAULTS[kind]);
    expect(ruleOf(form).problems).toBeNull();
    for (const field of fieldsOf(form.fault))
      if (field.control === "choice")
        for (const { value } of field.options)
          expect(ruleOf({ ...form, fault: setAt(form.fault, field.path, value) }).problems).toBeNull();
  });

  it("asks for what a chosen shape of delay needs, and for nothing else", () => {
    const fault = setAt(newRule(FIRST_FAULTS.latency).fault, "delay.shape", "uniform");
    expect(fieldsOf(fault).map(({ path }) => path)).toEqual([
      "delay.shape",
      "delay.minMs",
      "delay.maxMs",
      "atMostMs",
    ]);
    expect(getAt(setAt(fault, "delay.minMs", 5), "delay.minMs")).toBe(5);
  });

  it.each([
    [{ percent: null }, "percent"],
    [{ percent: 140 }, "percent"],
    [{ rateKind: "every" as const, every: 0 }, "every"],
    [{ fromMinute: 30, toMinute: 10 }, "toMinute"],
    [{ hasBursts: true, burstEverySec: 10, burstForSec: 10 }, "burstForSec"],
    [{ operations: [] }, "operations"],
    [{ atMost: 0 }, "atMost"],
    [{ fault: { kind: "rate_limit" as const, retryAfterSec: 999 } }, "fault.retryAfterSec"],
    [{ fault: { kind: "schema_drift" as const, change: "removed", pointer: "status" } }, "fault.pointer"],
    [
      { fault: { ...FIRST_FAULTS.latency, delay: { shape: "uniform", minMs: 9, maxMs: 3 } } },
      "fault.delay.maxMs",
    ],
  ])("says at which field it is wrong (%#)", (change, field) => {
    const { problems } = ruleOf({ ...newRule(FIRST_FAULTS.rate_limit), ...change });
    expect(Object.keys(problems ?? {})).toEqual([field]);
  });
});
