import { z } from "zod";

/**
 * The weather of a mock API: which faults its callers meet, at which operations, how often and when. Every candidate
 * of one assessment version meets the same weather for the same sequence of requests (see `domain/weather.ts`).
 */

/** No answer is held back longer than this, whatever a distribution says. */
export const MAX_DELAY_MS = 30_000;
export const MAX_TIMEOUT_SEC = 120;
export const MAX_WEATHER_RULES = 50;

const DelayMs = z.int().min(0).max(MAX_DELAY_MS);

/** How long an answer takes longer, in milliseconds. Draws below 0 count as 0. */
export const DelayDistribution = z.discriminatedUnion("shape", [
  z.strictObject({ shape: z.literal("constant"), ms: DelayMs }),
  z
    .strictObject({ shape: z.literal("uniform"), minMs: DelayMs, maxMs: DelayMs })
    .refine(({ minMs, maxMs }) => minMs <= maxMs, { path: ["maxMs"], message: "must be at least minMs" }),
  z.strictObject({ shape: z.literal("normal"), meanMs: DelayMs, deviationMs: DelayMs }),
  /** Half of the answers take longer than `p50Ms`, one in a hundred longer than `p99Ms`: what real services do. */
  z
    .strictObject({ shape: z.literal("lognormal"), p50Ms: DelayMs.min(1), p99Ms: DelayMs.min(1) })
    .refine(({ p50Ms, p99Ms }) => p50Ms <= p99Ms, { path: ["p99Ms"], message: "must be at least p50Ms" }),
]);
export type DelayDistribution = z.infer<typeof DelayDistribution>;

/**
 * Whether a write that meets the fault is carried out all the same (`happen`) or never reaches the API (`lost`). The
 * caller cannot tell, as in life: only a repeated read or an idempotent repeat shows it.
 */
export const FaultyWrites = z.enum(["happen", "lost"]);
export type FaultyWrites = z.infer<typeof FaultyWrites>;

const RetryAfterSec = z.int().min(1).max(120);

/** A place in an answer: a JSON pointer in which `*` stands for every item of an array or every member. */
export const DriftPointer = z
  .string()
  .max(300)
  .regex(/^(?:\/(?:[^~/]|~[01])+)+$/, "must be a JSON pointer to a field, for example /data/*/status");

export const Fault = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("latency"),
    delay: DelayDistribution,
    /** Longer draws are cut here. */
    atMostMs: DelayMs.default(10_000),
  }),
  /** 429 with Retry-After. The request never reaches the API. */
  z.strictObject({ kind: z.literal("rate_limit"), retryAfterSec: RetryAfterSec }),
  z.strictObject({
    kind: z.literal("server_error"),
    status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]),
    /** Sent as Retry-After; none is sent without it. */
    retryAfterSec: RetryAfterSec.optional(),
    writes: FaultyWrites.default("lost"),
  }),
  /** No answer at all; the connection ends after `afterSec` seconds. */
  z.strictObject({
    kind: z.literal("timeout"),
    afterSec: z.int().min(1).max(MAX_TIMEOUT_SEC),
    writes: FaultyWrites.default("happen"),
  }),
  z
    .strictObject({
      kind: z.literal("dropped_connection"),
      /** `mid_body`: about half of the answer arrives. An answer without a body is dropped before its headers. */
      at: z.enum(["before_headers", "mid_body"]),
      writes: FaultyWrites.default("happen"),
    })
    .refine(({ at, writes }) => at === "before_headers" || writes === "happen", {
      path: ["writes"],
      message: "an answer that begins has been made: the write happens",
    }),
  z.strictObject({ kind: z.literal("malformed_json"), how: z.enum(["truncated", "trailing_garbage"]) }),
  /** Successful answers no longer look as documented, in the same way each time. */
  z.strictObject({
    kind: z.literal("schema_drift"),
    change: z.enum(["renamed", "removed", "retyped", "nulled"]),
    /** Chosen by the seed where absent: a field of the record, or of each record of a list. */
    pointer: DriftPointer.optional(),
    /** New name of a renamed field; made from the old one where absent. */
    renameTo: z
      .string()
      .min(1)
      .max(100)
      .refine((name) => !/\p{Cc}/u.test(name) && name !== "__proto__", "is not a name")
      .optional(),
  }),
  z.strictObject({
    kind: z.literal("slow_body"),
    bytesPerSec: z.int().min(16).max(1_000_000),
    /** However long the answer is, it is through after so many seconds. */
    atMostSec: z.int().min(1).max(60).default(20),
  }),
]);
export type Fault = z.infer<typeof Fault>;
export type FaultKind = Fault["kind"];

export const FAULT_KINDS = Fault.options.map((option) => option.shape.kind.value) as FaultKind[];

/** Faults after which the caller has no usable answer. Only so many of them come in a row. */
export const HINDERING_FAULTS: ReadonlySet<FaultKind> = new Set([
  "rate_limit",
  "server_error",
  "timeout",
  "dropped_connection",
  "malformed_json",
]);

export const WeatherRate = z.discriminatedUnion("kind", [
  /** Each request on its own; 0.05 is one in twenty in the long run. */
  z.strictObject({ kind: z.literal("probability"), probability: z.number().min(0).max(1) }),
  /** Request `every`, 2 × `every`, … to the operation. */
  z.strictObject({ kind: z.literal("every"), every: z.int().min(1).max(10_000) }),
]);
export type WeatherRate = z.infer<typeof WeatherRate>;

const AttemptSecond = z
  .int()
  .min(0)
  .max(7 * 24 * 3600);

/** When a rule is in force; always, where empty. All that is given must hold. */
export const WeatherSchedule = z
  .strictObject({
    /** Not before so many requests to the operation. */
    afterRequests: z.int().min(0).max(100_000).optional(),
    /** Seconds since the attempt started: from (inclusive) … */
    fromSec: AttemptSecond.optional(),
    /** … to (exclusive). */
    toSec: AttemptSecond.optional(),
    /** In force for the first `forSec` of every `everySec` seconds since the start. */
    burst: z
      .strictObject({
        everySec: z
          .int()
          .min(2)
          .max(24 * 3600),
        forSec: z.int().min(1).max(3600),
      })
      .refine(({ everySec, forSec }) => forSec < everySec, {
        path: ["forSec"],
        message: "must be less than everySec",
      })
      .optional(),
  })
  .refine(({ fromSec, toSec }) => toSec === undefined || (fromSec ?? 0) < toSec, {
    path: ["toSec"],
    message: "must be after fromSec",
  });
export type WeatherSchedule = z.infer<typeof WeatherSchedule>;

export const WeatherRule = z.strictObject({
  /** What pages and the log call it; its fault's name where empty. */
  name: z.string().trim().max(80).default(""),
  operations: z.union([z.literal("*"), z.array(z.string().min(1).max(300)).min(1).max(500)]),
  fault: Fault,
  rate: WeatherRate,
  schedule: WeatherSchedule.default({}),
  /** How often one operation meets it in one attempt, at most. */
  atMost: z.int().min(1).max(100_000).optional(),
});
export type WeatherRule = z.infer<typeof WeatherRule>;

export const Weather = z.strictObject({
  /** Of those that strike one request, the first latency counts, and the first other one. */
  rules: z.array(WeatherRule).max(MAX_WEATHER_RULES).default([]),
  /** So many requests in a row to one operation may stay without a usable answer; the next one goes through. */
  atMostInARow: z.int().min(1).max(10).default(3),
});
export type Weather = z.infer<typeof Weather>;

export interface WeatherIssue {
  /** JSON pointer within the weather. */
  pointer: string;
  code: "unknown_operation" | "never_strikes";
  message: string;
}

/**
 * What is wrong with a weather that its own shape does not show.
 * @param operationIds of the document that the weather is for
 */
export function checkWeather(weather: Weather, operationIds: Iterable<string>): WeatherIssue[] {
  const known = new Set(operationIds);
  return weather.rules.flatMap((rule, index) => [
    ...unknownOperations(rule, `/rules/${index}/operations`, known),
    ...neverStrikes(rule, `/rules/${index}`),
  ]);
}

function unknownOperations(
  { operations }: WeatherRule,
  pointer: string,
  known: ReadonlySet<string>,
): WeatherIssue[] {
  if (operations === "*") return [];
  return operations.flatMap((operationId, index) =>
    known.has(operationId)
      ? []
      : [
          {
            pointer: `${pointer}/${index}`,
            code: "unknown_operation" as const,
            message: `The document has no operation "${operationId}".`,
          },
        ],
  );
}

function neverStrikes(
  { rate, schedule: { burst, fromSec, toSec } }: WeatherRule,
  pointer: string,
): WeatherIssue[] {
  const issue = (at: string, message: string) => [
    { pointer: `${pointer}${at}`, code: "never_strikes" as const, message },
  ];
  if (rate.kind === "probability" && rate.probability === 0)
    return issue("/rate/probability", "With a probability of 0 the rule never strikes.");
  if (burst && toSec !== undefined) {
    const intoBurst = (fromSec ?? 0) % burst.everySec;
    const nextBurst = (fromSec ?? 0) - intoBurst + (intoBurst < burst.forSec ? 0 : burst.everySec);
    if (nextBurst >= toSec) return issue("/schedule", "No burst begins or lasts between fromSec and toSec.");
  }
  return [];
}
