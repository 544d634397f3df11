import { type Fault, type FaultKind, WeatherRule } from "../../../../shared/contracts/weather.ts";

/** A rule while it is edited: every field as it is typed, null where nothing is. */
export interface RuleForm {
  name: string;
  /** Null for any operation. */
  operations: readonly string[] | null;
  fault: { kind: FaultKind } & Record<string, unknown>;
  rateKind: "probability" | "every";
  percent: number | null;
  every: number | null;
  afterRequests: number | null;
  /** Of the attempt. */
  fromMinute: number | null;
  toMinute: number | null;
  hasBursts: boolean;
  burstEverySec: number | null;
  burstForSec: number | null;
  atMost: number | null;
}

/** Messages by the field they are about; `""` for the whole. */
export type RuleProblems = Record<string, string>;

export function formOf({ name, operations, fault, rate, schedule, atMost }: WeatherRule): RuleForm {
  const { afterRequests, fromSec, toSec, burst } = schedule;
  return {
    name,
    operations: operations === "*" ? null : operations,
    fault: { ...fault },
    rateKind: rate.kind,
    percent: rate.kind === "probability" ? Number((rate.probability * 100).toPrecision(12)) : 5,
    every: rate.kind === "every" ? rate.every : 20,
    afterRequests: afterRequests ?? null,
    fromMinute: minutes(fromSec),
    toMinute: minutes(toSec),
    hasBursts: burst !== undefined,
    burstEverySec: burst?.everySec ?? 600,
    burstForSec: burst?.forSec ?? 20,
    atMost: atMost ?? null,
  };
}

const minutes = (seconds: number | undefined) => (seconds === undefined ? null : seconds / 60);

export const newRule = (fault: Fault): RuleForm =>
  formOf({
    name: "",
    operations: "*",
    fault,
    rate: { kind: "probability", probability: 0.05 },
    schedule: {},
  });

/** The rule that was typed, or what is wrong with it. */
export function ruleOf(
  form: RuleForm,
): { rule: WeatherRule; problems: null } | { rule: null; problems: RuleProblems } {
  const parsed = WeatherRule.safeParse(draftOf(form));
  if (parsed.success) return { rule: parsed.data, problems: null };
  const problems: RuleProblems = {};
  for (const { path, message } of parsed.error.issues) {
    const field = fieldOf(path.map(String));
    problems[field] ??= missing(form, field) ? "Enter a number." : message;
  }
  return { rule: null, problems };
}

function draftOf(form: RuleForm) {
  const seconds = (minute: number | null) => (minute === null ? undefined : Math.round(minute * 60));
  const { afterRequests, hasBursts } = form;
  return {
    name: form.name,
    operations: form.operations ?? "*",
    fault: withoutBlanks(form.fault),
    rate:
      form.rateKind === "every"
        ? { kind: "every", every: form.every }
        : { kind: "probability", probability: form.percent === null ? null : form.percent / 100 },
    schedule: withoutBlanks({
      afterRequests,
      fromSec: seconds(form.fromMinute),
      toSec: seconds(form.toMinute),
      burst: hasBursts ? { everySec: form.burstEverySec, forSec: form.burstForSec } : null,
    }),
    ...(form.atMost === null ? {} : { atMost: form.atMost }),
  };
}

function withoutBlanks(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== "" && value !== undefined),
  );
}

const FIELDS: Record<string, keyof RuleForm> = {
  "rate.every": "every",
  "rate.probability": "percent",
  "schedule.afterRequests": "afterRequests",
  "schedule.fromSec": "fromMinute",
  "schedule.toSec": "toMinute",
  "schedule.burst.everySec": "burstEverySec",
  "schedule.burst.forSec": "burstForSec",
};

/** Which field of the form a place in the rule is typed in. */
function fieldOf(path: readonly string[]): string {
  const whole = path.join(".");
  return FIELDS[whole] ?? (path[0] === "fault" ? whole : (path[0] ?? ""));
}

function missing(form: RuleForm, field: string): boolean {
  return field in form && form[field as keyof RuleForm] === null;
}
