import type { z } from "zod";
import { Problem } from "../../shared/contracts/problem.ts";
import { ProblemError } from "./problem-error.ts";

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** Lets a request outlive the page (autosave while leaving); at most 64 KiB. */
  keepalive?: boolean;
}

/**
 * Calls the api and parses its answer with a contract.
 * Throws `ProblemError` for every failure but an abort, which rejects with the browser's `AbortError`.
 */
export async function request<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  options: RequestOptions = {},
): Promise<z.output<Schema>> {
  const response = await send(path, options);
  const body = await readJson(response);
  if (!response.ok) throw problemOf(response, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw ProblemError.unexpected(parsed.error, response.status);
  return parsed.data;
}

/** Like `request`, for answers without a body. */
export async function requestNothing(path: string, options: RequestOptions = {}): Promise<void> {
  const response = await send(path, options);
  if (!response.ok) throw problemOf(response, await readJson(response));
}

async function send(path: string, { method = "GET", body, signal, keepalive }: RequestOptions) {
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      // A browser may keep even a 404 or 410 for later when nothing forbids it.
      cache: "no-store",
      headers: {
        accept: "application/json, application/problem+json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw ProblemError.unreachable(error);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function problemOf(response: Response, body: unknown): ProblemError {
  const parsed = Problem.safeParse(body);
  return parsed.success ? new ProblemError(parsed.data) : ProblemError.unexpected(undefined, response.status);
}
