/** A part of the request that is not as documented. `pointer` is a JSON pointer within that part. */
export interface Violation {
  in: "path" | "query" | "header" | "cookie" | "body";
  pointer: string;
  message: string;
}

/** What every mock API can answer with, whatever its document says: code -> status, title. */
const PROBLEMS = {
  malformed_request: [400, "The request is malformed"],
  malformed_body: [400, "The body is not well-formed"],
  api_key_required: [401, "An API key is required"],
  api_key_invalid: [401, "The API key is not valid"],
  not_found: [404, "Not found"],
  not_documented: [404, "There is no such answer in the document"],
  method_not_allowed: [405, "The method is not allowed here"],
  not_acceptable: [406, "No acceptable representation"],
  already_exists: [409, "The record exists already"],
  workspace_closed: [409, "The workspace is closed"],
  storage_exhausted: [409, "The storage of this workspace is used up"],
  precondition_failed: [412, "The record has changed"],
  unsupported_media_type: [415, "The content type is not supported"],
  validation_failed: [422, "The request does not match the API's description"],
  rate_limited: [429, "Too many requests"],
  unavailable: [503, "The service is not available at the moment"],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ApiProblemCode = keyof typeof PROBLEMS;

/** A failure to answer the candidate's program with, as RFC 9457 problem document. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly violations: Violation[];
  readonly headers: Record<string, string>;

  private constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    extra: { violations?: Violation[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.violations = extra.violations ?? [];
    this.headers = extra.headers ?? {};
  }

  static of(
    code: ApiProblemCode,
    detail: string,
    extra?: { violations?: Violation[]; headers?: Record<string, string> },
  ): ApiProblem {
    const [status, title] = PROBLEMS[code];
    return new ApiProblem(status, code, title, detail, extra);
  }

  /** A refusal that the bindings declare. */
  static declared(status: number, code: string, detail: string): ApiProblem {
    return new ApiProblem(status, code, "The request conflicts with the state of the record", detail);
  }

  static invalid(violations: Violation[]): ApiProblem {
    const first = violations[0]!;
    const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : "";
    return ApiProblem.of("validation_failed", `${first.in}${first.pointer}: ${first.message}${more}`, {
      violations,
    });
  }

  toDocument(): Record<string, unknown> {
    return {
      type: `urn:problem:${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.violations.length > 0 ? { errors: this.violations } : {}),
    };
  }
}

export function notFound(what: string): ApiProblem {
  return ApiProblem.of("not_found", what);
}
