import { APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { ModelError } from "../model-error.ts";

/** Statuses by which an upstream says that the request itself is wrong; another target would say the same. */
const REJECTED = new Set([400, 413, 415, 422]);
const MISCONFIGURED = new Set([401, 402, 403, 404, 405]);
const MAX_MESSAGE = 1000;

export interface UpstreamFailure {
  error: ModelError;
  /** Whether the next target may do better. */
  mayTryNext: boolean;
}

/**
 * What a failed request to one target means to the candidate. Only what an upstream says of the request itself is passed
 * on; what it says of accounts, keys and quotas is the company's own business.
 * @throws the error, when the request was aborted from here
 */
export function readFailure(error: unknown): UpstreamFailure {
  if (error instanceof APIUserAbortError) throw error;
  if (error instanceof ModelError) return { error, mayTryNext: true };
  if (error instanceof APIConnectionTimeoutError)
    return failed("upstream_timeout", "The model did not begin to answer in time.", error);
  if (!(error instanceof APIError) || error.status === undefined)
    return failed("upstream_failed", "The model could not be reached.", error);
  const { status } = error;
  if (REJECTED.has(status)) {
    const param = typeof error.param === "string" ? error.param.slice(0, 100) : undefined;
    const rejected = new ModelError("upstream_rejected", messageOf(error), {
      cause: error,
      ...(param === undefined ? {} : { param }),
    });
    return { error: rejected, mayTryNext: false };
  }
  if (MISCONFIGURED.has(status))
    return failed(
      "upstream_misconfigured",
      "The platform's own access to this model does not work. Tell the people who invited you; it is not your program.",
      error,
    );
  return failed("upstream_failed", `The model's provider answered ${status}. Try again in a moment.`, error);
}

function failed(
  code: "upstream_failed" | "upstream_timeout" | "upstream_misconfigured",
  message: string,
  cause: unknown,
): UpstreamFailure {
  return { error: new ModelError(code, message, { cause }), mayTryNext: true };
}

/** The upstream's words without anything that looks like a key, an account or an address. */
function messageOf(error: APIError): string {
  const stated = (error.error as { message?: unknown } | undefined)?.message;
  const text = typeof stated === "string" && stated.trim() !== "" ? stated : "the request is not valid";
  const clean = text
    .replaceAll(/\b(sk|pk|org|proj|key|user|acct)[-_][\w*.-]{6,}/gi, "[left out]")
    .replaceAll(/\bhttps?:\/\/\S+/gi, "[left out]");
  return `The model's provider refused the request: ${clean.slice(0, MAX_MESSAGE)}`;
}
