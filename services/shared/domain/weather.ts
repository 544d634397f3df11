import { createHash } from "node:crypto";
import {
  type DelayDistribution,
  type Fault,
  HINDERING_FAULTS,
  type Weather,
  type WeatherRule,
  type WeatherSchedule,
} from "../contracts/weather.ts";

/**
 * Which faults a request meets. A pure function of the weather, its seed, the operation, which request to this
 * operation it is, and, for rules with a schedule, how long ago the attempt started: whoever sends the same sequence
 * meets the same weather, and what is asked of one operation changes nothing at another.
 */

/** How far the weather has come at one operation. `in a row`: requests without a usable answer since the last one. */
export interface OperationWeather {
  requests: number;
  inARow: number;
  /** Index of a rule with a limit of its own -> how often it has struck. */
  strikes: Readonly<Record<string, number>>;
}

export const FAIR_START: OperationWeather = { requests: 0, inARow: 0, strikes: {} };

/** A rule that strikes, with what chance adds to it. */
export interface Strike<F extends Fault = Fault> {
  rule: number;
  fault: F;
  /** The same for every strike of this rule at this operation; hexadecimal. */
  key: string;
  /** For what differs from strike to strike; 0 inclusive to 1 exclusive. */
  chance: number;
}

export interface WeatherDecision {
  /** Milliseconds the answer takes longer; 0 without a latency rule. */
  delayMs: number;
  /** The rule of the delay. */
  delayRule: number | null;
  /** The first rule of another kind that strikes. */
  strike: Strike | null;
  next: OperationWeather;
}

interface ReadyRule {
  index: number;
  rule: WeatherRule;
  key: string;
  words: Uint32Array;
}

/** A weather with its seed, ready to be asked. */
export class Forecast {
  readonly #weather: Weather;
  readonly #seed: string;
  readonly #rules = new Map<string, ReadyRule[]>();
  /** Whether any rule asks how long ago the attempt started. */
  readonly usesTime: boolean;

  constructor(weather: Weather, seed: string) {
    this.#weather = weather;
    this.#seed = seed;
    this.usesTime = weather.rules.some(
      ({ schedule: { fromSec, toSec, burst } }) =>
        fromSec !== undefined || toSec !== undefined || burst !== undefined,
    );
  }

  get isCalm(): boolean {
    return this.#weather.rules.length === 0;
  }

  /** What the next request to the operation meets. @param elapsedSec since the attempt started */
  next(operationId: string, before: OperationWeather, elapsedSec: number): WeatherDecision {
    const nth = before.requests + 1;
    let delayMs = 0;
    let delay: Strike | null = null;
    let strike: Strike | null = null;
    for (const ready of this.#rulesOf(operationId)) {
      const { rule, index, key, words } = ready;
      const { fault } = rule;
      if (fault.kind === "latency" ? delay : strike) continue;
      if (HINDERING_FAULTS.has(fault.kind) && before.inARow >= this.#weather.atMostInARow) continue;
      if (rule.atMost !== undefined && (before.strikes[index] ?? 0) >= rule.atMost) continue;
      if (!isInForce(rule.schedule, nth, elapsedSec) || !strikes(ready, nth)) continue;
      const chance = draw(words, nth, 1);
      const struck = { rule: index, fault, key, chance };
      if (fault.kind !== "latency") strike = struck;
      else {
        delay = struck;
        delayMs = delayOf(fault, chance, draw(words, nth, 2));
      }
    }
    return { delayMs, delayRule: delay?.rule ?? null, strike, next: this.#after(before, [delay, strike]) };
  }

  #after(before: OperationWeather, struck: (Strike | null)[]): OperationWeather {
    let strikes = before.strikes;
    let isHindered = false;
    for (const strike of struck) {
      if (!strike) continue;
      isHindered ||= HINDERING_FAULTS.has(strike.fault.kind);
      if (this.#weather.rules[strike.rule]!.atMost !== undefined)
        strikes = { ...strikes, [strike.rule]: (strikes[strike.rule] ?? 0) + 1 };
    }
    return { requests: before.requests + 1, inARow: isHindered ? before.inARow + 1 : 0, strikes };
  }

  #rulesOf(operationId: string): ReadyRule[] {
    const known = this.#rules.get(operationId);
    if (known) return known;
    const rules = this.#weather.rules.flatMap((rule, index) => {
      if (rule.operations !== "*" && !rule.operations.includes(operationId)) return [];
      const digest = createHash("sha256")
        .update(JSON.stringify([this.#seed, operationId, index]))
        .digest();
      const words = Uint32Array.from([0, 4, 8, 12], (at) => digest.readUInt32LE(at));
      return [{ index, rule, key: digest.toString("hex"), words }];
    });
    this.#rules.set(operationId, rules);
    return rules;
  }
}

function isInForce(
  { afterRequests, fromSec, toSec, burst }: WeatherSchedule,
  nth: number,
  sec: number,
): boolean {
  if (afterRequests !== undefined && nth <= afterRequests) return false;
  if (fromSec !== undefined && sec < fromSec) return false;
  if (toSec !== undefined && sec >= toSec) return false;
  return burst === undefined || Math.max(0, sec) % burst.everySec < burst.forSec;
}

function strikes({ rule: { rate }, words }: ReadyRule, nth: number): boolean {
  return rate.kind === "every" ? nth % rate.every === 0 : draw(words, nth, 0) < rate.probability;
}

/**
 * A number from 0 (inclusive) to 1 (exclusive) for the `nth` request: the finaliser of MurmurHash3 (A. Appleby),
 * run over the four words of the key, so that neighbours have nothing in common.
 */
function draw(words: Uint32Array, nth: number, purpose: number): number {
  let high = Math.imul(nth, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b);
  let low = Math.imul(nth, 0xc2b2ae35) ^ Math.imul(purpose + 1, 0x27d4eb2f);
  for (let index = 0; index < 4; index += 2) {
    high = scramble(high ^ words[index]!);
    low = scramble(low ^ words[index + 1]! ^ high);
    high ^= low;
  }
  return ((high >>> 5) * 67_108_864 + (low >>> 6)) / 9_007_199_254_740_992;
}

function scramble(word: number): number {
  let value = word;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/** Milliseconds, from two independent draws. */
function delayOf(
  { delay, atMostMs }: Extract<Fault, { kind: "latency" }>,
  first: number,
  second: number,
): number {
  return Math.min(atMostMs, Math.max(0, Math.round(sample(delay, first, second))));
}

/** The 99th percentile of the standard normal distribution. */
const NORMAL_P99 = 2.3263478740408408;

function sample(delay: DelayDistribution, first: number, second: number): number {
  switch (delay.shape) {
    case "constant":
      return delay.ms;
    case "uniform":
      return delay.minMs + first * (delay.maxMs - delay.minMs);
    case "normal":
      return delay.meanMs + normal(first, second) * delay.deviationMs;
    case "lognormal":
      // ln X is normal with mean ln p50, and p99 = p50 · exp(2.326 σ).
      return (
        delay.p50Ms * Math.exp((Math.log(delay.p99Ms / delay.p50Ms) / NORMAL_P99) * normal(first, second))
      );
  }
}

/** A standard normal value (Box and Muller, 1958). */
function normal(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
}

/**
 * One of the names, the same whenever the same names are there, and the same still when others come or go
 * (rendezvous hashing).
 */
export function chooseName(key: string, names: readonly string[]): string | undefined {
  let best: { name: string; rank: string } | undefined;
  for (const name of names) {
    const rank = createHash("sha256").update(`${key} ${name}`).digest("hex");
    if (!best || rank < best.rank) best = { name, rank };
  }
  return best?.name;
}
