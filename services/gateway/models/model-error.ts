import type { ServerResponse } from "node:http";
import type { PlatformError } from "../../shared/contracts/problem.ts";

/**
 * Every refusal of the model gateway: code → HTTP status, OpenAI's type, whether it helps to send the same again.
 * Clients of OpenAI's protocol choose their error class by the status, and show the message.
 */
const MODEL_ERRORS = {
  invalid_json: [400, "invalid_request_error", false],
  invalid_value: [400, "invalid_request_error", false],
  unsupported_parameter: [400, "invalid_request_error", false],
  unsupported_content: [400, "invalid_request_error", false],
  unsupported_media_type: [415, "invalid_request_error", false],
  model_not_found: [404, "invalid_request_error", false],
  unknown_url: [404, "invalid_request_error", false],
  method_not_allowed: [405, "invalid_request_error", false],
  models_not_offered: [403, "invalid_request_error", false],
  not_recorded: [403, "invalid_request_error", false],
  assistant_not_offered: [403, "invalid_request_error", false],
  workspace_closed: [403, "invalid_request_error", false],
  insufficient_quota: [429, "insufficient_quota", false],
  reservation_too_large: [429, "insufficient_quota", false],
  rate_limit_exceeded: [429, "rate_limit_error", true],
  too_many_parallel_requests: [429, "rate_limit_error", true],
  upstream_rejected: [400, "invalid_request_error", false],
  upstream_failed: [502, "upstream_error", true],
  upstream_timeout: [504, "upstream_error", true],
  upstream_misconfigured: [502, "upstream_error", false],
  upstream_cut: [502, "upstream_error", true],
  unavailable: [503, "server_error", true],
} as const satisfies Record<string, readonly [status: number, type: string, retry: boolean]>;

export type ModelErrorCode = keyof typeof MODEL_ERRORS;

/** A call that is not answered as it was asked for. The message is read by candidates and their programs. */
export class ModelError extends Error {
  readonly code: ModelErrorCode;
  readonly status: number;
  readonly param: string | null;
  readonly retryAfterSec: number | null;

  constructor(
    code: ModelErrorCode,
    message: string,
    options: { param?: string; retryAfterSec?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "ModelError";
    this.code = code;
    this.status = MODEL_ERRORS[code][0];
    this.param = options.param ?? null;
    this.retryAfterSec = options.retryAfterSec ?? null;
  }

  /** In OpenAI's shape. */
  get body(): { error: { message: string; type: string; param: string | null; code: string } } {
    const { message, param, code } = this;
    return { error: { message, type: MODEL_ERRORS[code][1], param, code } };
  }

  get mayRetry(): boolean {
    return MODEL_ERRORS[this.code][2];
  }
}

/** Answers with the error; does nothing more than end it when an answer has begun. */
export function sendModelError(
  response: ServerResponse,
  error: ModelError,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(error.body);
  response.writeHead(error.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    // OpenAI's clients send most failures again by themselves, unless they are told.
    "x-should-retry": String(error.mayRetry),
    ...(error.retryAfterSec === null ? {} : { "retry-after": String(error.retryAfterSec) }),
    ...headers,
  });
  response.end(body);
}

/** Refusals of what stands in front of the gateway (a body that is too large …), in OpenAI's shape as well. */
export function presentAsOpenAi(error: PlatformError): { contentType: string; body: string } {
  const type = error.status >= 500 ? "server_error" : "invalid_request_error";
  const body = { error: { message: error.message, type, param: null, code: error.code } };
  return { contentType: "application/json", body: JSON.stringify(body) };
}
