import type { Fault } from "../../../shared/contracts/weather.ts";
import type { Strike } from "../../../shared/domain/weather.ts";
import type { WireAnswer } from "../send-outcome.ts";
import { driftJson } from "./drift.ts";

/** What becomes of a request under a fault. */
export type Effect =
  | { do: "send"; answer: WireAnswer; field?: string }
  | { do: "trickle"; answer: WireAnswer; bytesPerSec: number; atMostSec: number }
  /** `answer`: so much of it arrives first; null when nothing does. */
  | { do: "drop"; answer: WireAnswer | null }
  | { do: "silence"; sec: number };

/** Whether the request reaches the API at all. */
export function writesUnder(fault: Fault): "happen" | "lost" {
  if (fault.kind === "rate_limit") return "lost";
  return "writes" in fault ? fault.writes : "happen";
}

/**
 * What the fault does to an answer; null when it can do nothing to this one (no body, no JSON, no such field).
 * @param answer null when the request never reached the API; then the fault answers by itself
 * @param withBody false for HEAD
 */
export function planEffect(strike: Strike, answer: WireAnswer | null, withBody: boolean): Effect | null {
  const { fault } = strike;
  switch (fault.kind) {
    case "latency":
      return null;
    case "rate_limit":
      return { do: "send", answer: refusal(429, fault.retryAfterSec) };
    case "server_error":
      return { do: "send", answer: refusal(fault.status, fault.retryAfterSec) };
    case "timeout":
      return { do: "silence", sec: fault.afterSec };
    case "dropped_connection": {
      const arrives = fault.at === "mid_body" && withBody && answer !== null && answer.body.length > 1;
      return { do: "drop", answer: arrives ? answer : null };
    }
  }
  if (!answer || !withBody || answer.body.length === 0) return null;
  if (fault.kind === "slow_body")
    return { do: "trickle", answer, bytesPerSec: fault.bytesPerSec, atMostSec: fault.atMostSec };
  const text = jsonText(answer);
  if (text === null) return null;
  if (fault.kind === "malformed_json")
    return { do: "send", answer: { ...answer, body: malformed(text, fault.how, strike.chance) } };
  if (answer.status < 200 || answer.status > 299) return null;
  const drifted = driftJson(text, fault, strike.key);
  return drifted && { do: "send", answer: { ...answer, body: drifted.text }, field: drifted.pointer };
}

function jsonText({ type, body }: WireAnswer): string | null {
  if (!type || !/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) return null;
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}

const GARBAGE = [
  "}",
  "\n<!-- served by edge-3 -->",
  '{"error":null}',
  "\nWarning: Undefined array key in /srv/app/render.php on line 212",
];

/** Never JSON: a beginning of an object, an array or a string is none, and what is whole has nothing after it. */
function malformed(text: string, how: "truncated" | "trailing_garbage", chance: number): string {
  const isCuttable = text.length > 1 && /^["[{]/.test(text);
  if (how === "truncated" && isCuttable) return text.slice(0, 1 + Math.floor(chance * (text.length - 1)));
  return text + GARBAGE[Math.floor(chance * GARBAGE.length)]!;
}

const REFUSALS: Record<number, readonly [code: string, title: string, detail: string]> = {
  429: ["rate_limited", "Too many requests", "Wait before the next request."],
  500: ["internal_error", "Internal server error", "Something went wrong on our side."],
  502: ["bad_gateway", "Bad gateway", "The service behind this address did not answer properly."],
  503: ["unavailable", "The service is not available at the moment", "Try again in a moment."],
  504: ["gateway_timeout", "Gateway timeout", "The service behind this address did not answer in time."],
};

/** In the form of all other problems of the API, so that nothing tells it from a real one. */
function refusal(status: number, retryAfterSec: number | undefined): WireAnswer {
  const [code, title, detail] = REFUSALS[status]!;
  return {
    status,
    headers: retryAfterSec === undefined ? {} : { "retry-after": String(retryAfterSec) },
    type: "application/problem+json",
    body: JSON.stringify({ type: `urn:problem:${code}`, title, status, code, detail }),
  };
}
