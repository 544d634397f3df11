import type {
  DelayDistribution,
  Fault,
  FaultKind,
  Weather,
  WeatherRate,
  WeatherRule,
  WeatherSchedule,
} from "./weather.ts";

/** What the weather is called on pages: one place, so that the studio, the board and the review say the same. */
export const FAULT_WORDS: Record<FaultKind, { name: string; hint: string }> = {
  latency: { name: "Slow answer", hint: "The answer is right, it only takes longer." },
  rate_limit: { name: "429 Too Many Requests", hint: "The caller is told to wait, by Retry-After." },
  server_error: { name: "Server error", hint: "500, 502, 503 or 504 instead of the answer." },
  timeout: { name: "No answer", hint: "The connection stays open and silent, then ends." },
  dropped_connection: {
    name: "Dropped connection",
    hint: "The connection ends before the answer or in the middle of it.",
  },
  malformed_json: {
    name: "Malformed JSON",
    hint: "The answer is cut short, or has something after its end.",
  },
  schema_drift: { name: "Schema drift", hint: "A field is renamed, removed, null or of another type." },
  slow_body: { name: "Slow body", hint: "The headers come at once, the body trickles." },
};

export interface WeatherPreset {
  id: "calm" | "ordinary" | "stormy";
  title: string;
  description: string;
  weather: Weather;
}

const rule = (
  fault: Fault,
  probability: number,
  more: Partial<Pick<WeatherRule, "schedule" | "atMost">> = {},
): WeatherRule => ({
  name: "",
  operations: "*",
  fault,
  rate: { kind: "probability", probability },
  schedule: {},
  ...more,
});

const tail = (p50Ms: number, p99Ms: number): Fault => ({
  kind: "latency",
  delay: { shape: "lognormal", p50Ms, p99Ms },
  atMostMs: 5000,
});

export const WEATHER_PRESETS: readonly WeatherPreset[] = [
  {
    id: "calm",
    title: "Calm",
    description: "Every request is answered, at once. For tasks that are about something else.",
    weather: { rules: [], atMostInARow: 3 },
  },
  {
    id: "ordinary",
    title: "An ordinary Tuesday",
    description:
      "Answers take as long as a service over the network does, about one in fifty fails in a way that a repeat mends. A program without retries gets through most of the task and stumbles in its long runs.",
    weather: {
      rules: [
        rule(tail(60, 800), 1),
        rule({ kind: "rate_limit", retryAfterSec: 1 }, 0.01),
        rule({ kind: "server_error", status: 503, retryAfterSec: 1, writes: "lost" }, 0.008),
        rule({ kind: "dropped_connection", at: "before_headers", writes: "happen" }, 0.002),
      ],
      atMostInARow: 2,
    },
  },
  {
    id: "stormy",
    title: "Stormy",
    description:
      "About one request in eight fails, in every way a service can, with bursts of errors each ten minutes. Only a program that sets timeouts, repeats with care and checks what it reads finishes the task.",
    weather: {
      rules: [
        rule(tail(150, 3000), 1),
        rule({ kind: "server_error", status: 503, retryAfterSec: 2, writes: "lost" }, 0.5, {
          schedule: { burst: { everySec: 600, forSec: 20 } },
        }),
        rule({ kind: "rate_limit", retryAfterSec: 2 }, 0.04),
        rule({ kind: "server_error", status: 500, writes: "happen" }, 0.03),
        rule({ kind: "timeout", afterSec: 20, writes: "happen" }, 0.01, { atMost: 10 }),
        rule({ kind: "dropped_connection", at: "mid_body", writes: "happen" }, 0.01),
        rule({ kind: "dropped_connection", at: "before_headers", writes: "happen" }, 0.01),
        rule({ kind: "malformed_json", how: "truncated" }, 0.01),
        rule({ kind: "slow_body", bytesPerSec: 2000, atMostSec: 10 }, 0.02),
        rule({ kind: "schema_drift", change: "nulled" }, 0.02),
      ],
      atMostInARow: 4,
    },
  },
];

/** One sentence, for example `5 % of requests to listTickets: 503 with Retry-After 2 s, writes are lost`. */
export function describeRule(rule: WeatherRule): string {
  const { operations } = rule;
  const where =
    operations === "*"
      ? "any operation"
      : operations.length <= 3
        ? operations.join(", ")
        : `${operations.slice(0, 2).join(", ")} and ${operations.length - 2} more`;
  const when = describeSchedule(rule.schedule);
  const atMost = rule.atMost === undefined ? "" : `, at most ${times(rule.atMost)} per operation`;
  return `${describeRate(rule.rate)} to ${where}${when}: ${describeFault(rule.fault)}${atMost}`;
}

function describeRate(rate: WeatherRate): string {
  if (rate.kind === "every")
    return rate.every === 1 ? "Every request" : `Every ${ordinal(rate.every)} request`;
  if (rate.probability === 1) return "Every request";
  return `${Number((rate.probability * 100).toPrecision(3))} % of requests`;
}

export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case "latency":
      return `takes ${describeDelay(fault.delay)} longer`;
    case "rate_limit":
      return `429 with Retry-After ${fault.retryAfterSec} s`;
    case "server_error": {
      const retryAfter =
        fault.retryAfterSec === undefined ? "" : ` with Retry-After ${fault.retryAfterSec} s`;
      return `${fault.status}${retryAfter}, ${describeWrites(fault.writes)}`;
    }
    case "timeout":
      return `no answer for ${fault.afterSec} s, ${describeWrites(fault.writes)}`;
    case "dropped_connection":
      return fault.at === "mid_body"
        ? "connection drops in the middle of the answer, writes happen"
        : `connection drops before the answer, ${describeWrites(fault.writes)}`;
    case "malformed_json":
      return fault.how === "truncated" ? "JSON cut short" : "JSON with something after its end";
    case "schema_drift":
      return `${fault.pointer ?? "a field"} is ${fault.change}${fault.renameTo ? ` to ${fault.renameTo}` : ""}`;
    case "slow_body":
      return `body at ${fault.bytesPerSec} bytes a second`;
  }
}

const describeWrites = (writes: "happen" | "lost") =>
  writes === "happen" ? "writes happen" : "writes are lost";

function describeDelay(delay: DelayDistribution): string {
  switch (delay.shape) {
    case "constant":
      return `${delay.ms} ms`;
    case "uniform":
      return `${delay.minMs} to ${delay.maxMs} ms`;
    case "normal":
      return `about ${delay.meanMs} ms (± ${delay.deviationMs})`;
    case "lognormal":
      return `mostly ${delay.p50Ms} ms, one in a hundred ${delay.p99Ms} ms`;
  }
}

function describeSchedule({ afterRequests, fromSec, toSec, burst }: WeatherSchedule): string {
  const parts = [
    afterRequests ? `after ${afterRequests} requests` : "",
    fromSec !== undefined && toSec !== undefined
      ? `from ${clock(fromSec)} to ${clock(toSec)}`
      : fromSec !== undefined
        ? `from ${clock(fromSec)} on`
        : toSec !== undefined
          ? `until ${clock(toSec)}`
          : "",
    burst ? `for ${burst.forSec} s of every ${clock(burst.everySec)}` : "",
  ].filter(Boolean);
  return parts.length > 0 ? `, ${parts.join(", ")}` : "";
}

/** Of an attempt: `1:05:00` or `12:30`. */
function clock(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

const times = (count: number) => (count === 1 ? "once" : `${count} times`);

function ordinal(value: number): string {
  const suffix =
    value % 100 >= 11 && value % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${suffix}`;
}
