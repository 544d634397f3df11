import type { TokenBound, TokenUsage } from "../../../shared/domain/model-cost.ts";
import type { Endpoint } from "../route.ts";
import { countText, type Delivered } from "./delivered.ts";
import { usageOf } from "./usage.ts";

/** The stream is not one of the protocol, or says that it failed. */
export class StreamFault extends Error {}

/** Follows a stream event by event: what was delivered, what it used, whether it came to its end. */
export interface StreamMeter {
  readonly delivered: Delivered;
  usage: TokenUsage | null;
  /** The event that ends a stream has come. */
  complete: boolean;
  /** @returns whether the program gets the event. @throws StreamFault */
  take(data: string): boolean;
}

export function createStreamMeter(
  endpoint: Endpoint,
  { bound, wantsUsage }: { bound: TokenBound; wantsUsage: boolean },
): StreamMeter {
  return endpoint === "responses" ? responsesMeter(bound) : chatMeter(bound, wantsUsage);
}

interface ChatChunk {
  choices?: { delta?: unknown }[];
  usage?: unknown;
  error?: unknown;
}

/** The usage comes in a chunk of its own, without choices, because the gateway always asks for it. */
function chatMeter(bound: TokenBound, wantsUsage: boolean): StreamMeter {
  const meter: StreamMeter = {
    delivered: { pieces: 0, characters: 0 },
    usage: null,
    complete: false,
    take(data) {
      if (data === "[DONE]") {
        meter.complete = true;
        return true;
      }
      const chunk = parse(data) as ChatChunk;
      if (chunk.error) throw new StreamFault("the upstream sent an error");
      const choices = Array.isArray(chunk.choices) ? chunk.choices : [];
      for (const choice of choices) count(meter.delivered, countText(choice?.delta));
      if (chunk.usage) meter.usage = usageOf("chat/completions", chunk.usage, bound) ?? meter.usage;
      return wantsUsage || choices.length > 0 || !chunk.usage;
    },
  };
  return meter;
}

interface ResponseEvent {
  type?: unknown;
  delta?: unknown;
  response?: { usage?: unknown };
}
const LAST_EVENTS = new Set(["response.completed", "response.incomplete"]);
const FAILURES = new Set(["response.failed", "error"]);

function responsesMeter(bound: TokenBound): StreamMeter {
  const meter: StreamMeter = {
    delivered: { pieces: 0, characters: 0 },
    usage: null,
    complete: false,
    take(data) {
      // Some servers end this stream, too, as they end the other.
      if (data === "[DONE]") return true;
      const event = parse(data) as ResponseEvent;
      const type = String(event.type);
      if (FAILURES.has(type)) throw new StreamFault("the upstream sent an error");
      if (type.endsWith(".delta")) count(meter.delivered, countText(event.delta, true));
      if (LAST_EVENTS.has(type)) {
        meter.complete = true;
        meter.usage = usageOf("responses", event.response?.usage, bound);
      }
      return true;
    },
  };
  return meter;
}

function count(delivered: Delivered, characters: number): void {
  if (characters === 0) return;
  delivered.pieces += 1;
  delivered.characters += characters;
}

function parse(data: string): object {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    throw new StreamFault("the upstream sent something that is not JSON");
  }
  if (typeof value === "object" && value !== null) return value;
  throw new StreamFault("the upstream sent something that is not an object");
}
