import OpenAI from "openai";
import { request } from "undici";
import type { Outbound } from "./outbound.ts";
import { UpstreamAnswer } from "./upstream-answer.ts";

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
    fetch: fetchBy(outbound, maxAnswerBytes) as unknown as typeof fetch,
  });
}

/** What goes past the package to the connection. */
export interface Sending {
  /**
   * Ends the request and its answer. A signal that is given to the package itself is composed with one of its own, which
   * costs more than the request; without it the package takes the end for a timeout.
   */
  cancel: AbortSignal;
  /** The request is made ready at once, and leaves when this has come true; else it fails. Null: it leaves at once. */
  before: Promise<unknown> | null;
}

/** Options of one request. */
export function sending(how: Sending): { fetchOptions: object } {
  return { fetchOptions: how };
}

/** What the package asks of `fetch`, without what makes `fetch` slow. Redirects are not followed. */
function fetchBy(outbound: Outbound, maxAnswerBytes: number) {
  return async (input: string, init: RequestInit & Partial<Sending> = {}): Promise<UpstreamAnswer> => {
    const url = new URL(input);
    await outbound.check(url);
    const { method = "GET", body, before, cancel } = init;
    const signal = cancel ?? init.signal;
    const options = {
      method: method as "GET" | "POST",
      // The package sends text and `Headers` here, and nothing else.
      body: (body as string | null | undefined) ?? null,
      headers: Object.fromEntries(init.headers as Headers),
      dispatcher: outbound.dispatcher,
      ...(signal ? { signal } : {}),
    };
    await before;
    const answer = await request(url, options);
    return new UpstreamAnswer(input, answer, maxAnswerBytes);
  };
}
