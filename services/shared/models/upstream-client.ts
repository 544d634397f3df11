import { TransformStream } from "node:stream/web";
import OpenAI from "openai";
import { fetch as fetchWith, type RequestInit, type Response as UpstreamResponse } from "undici";
import type { Outbound } from "./outbound.ts";

export interface UpstreamAddress {
  /** What `/chat/completions` is appended to. */
  baseUrl: string;
  /** Null: the upstream wants none. */
  apiKey: string | null;
}

export interface UpstreamClientOptions {
  /** Until an answer has begun. */
  timeoutMs: number;
  /** An answer is broken off after so many bytes, unpacked. */
  maxAnswerBytes: number;
}

/** The answer of an upstream is longer than it may be. */
export class AnswerTooLargeError extends Error {
  readonly code = "ANSWER_TOO_LARGE";
  constructor(maxBytes: number) {
    super(`the answer is longer than ${maxBytes} bytes`);
    this.name = "AnswerTooLargeError";
  }
}

/**
 * A client of one upstream. It sends the key to that address alone: redirects are answers like any other, not followed.
 * It tries nothing twice, takes no key from the environment and logs nothing, since what it would log may hold keys.
 */
export function openUpstreamClient(
  { baseUrl, apiKey }: UpstreamAddress,
  outbound: Outbound,
  { timeoutMs, maxAnswerBytes }: UpstreamClientOptions,
): OpenAI {
  return new OpenAI({
    baseURL: baseUrl,
    // The client wants a key; without one the header is left out.
    apiKey: apiKey ?? "none",
    defaultHeaders: apiKey === null ? { authorization: null } : {},
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: "off",
    fetch: boundedFetch(outbound, maxAnswerBytes) as typeof fetch,
  });
}

function boundedFetch(outbound: Outbound, maxAnswerBytes: number) {
  return async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    await outbound.check(new URL(input));
    const { dispatcher } = outbound;
    const response = await fetchWith(input, { ...init, dispatcher, redirect: "manual" });
    return bounded(response, maxAnswerBytes);
  };
}

/** Counts what is unpacked, since a small compressed answer can be a very long one. */
function bounded(response: UpstreamResponse, maxBytes: number): Response {
  const { body, status, statusText } = response;
  const init = { status, statusText, headers: [...response.headers] };
  if (body === null) return new Response(null, init);
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new AnswerTooLargeError(maxBytes);
      controller.enqueue(chunk);
    },
  });
  // The types of streams in Node and in browsers differ; the streams do not.
  return new Response(body.pipeThrough(counting) as unknown as ReadableStream<Uint8Array>, init);
}
