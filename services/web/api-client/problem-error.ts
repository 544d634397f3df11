import type { Problem } from "../../shared/contracts/problem.ts";

/** Failures that never reached the server, or whose answer was none of ours. */
const UNREACHABLE: Problem = {
  type: "about:blank",
  status: 0,
  code: "offline",
  title: "We cannot be reached from here",
  hint: "Check your internet connection, then try again.",
};
const UNEXPECTED: Problem = {
  type: "about:blank",
  status: 502,
  code: "unexpected_answer",
  title: "The answer could not be understood",
  hint: "Reload the page. If it stays like this, tell the person who invited you.",
};

/** A failed call, as the server described it (RFC 9457). Match on `code`; show `title`, `hint`, `requestId`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail ?? problem.title, options);
    this.name = "ProblemError";
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** The same call may succeed in a moment. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  static unreachable(cause?: unknown): ProblemError {
    return new ProblemError(UNREACHABLE, { cause });
  }

  static unexpected(cause?: unknown, status = 502): ProblemError {
    return new ProblemError({ ...UNEXPECTED, status }, { cause });
  }

  /** Whatever was thrown, as something `ErrorState` can show. */
  static from(error: unknown): ProblemError {
    return error instanceof ProblemError ? error : ProblemError.unexpected(error);
  }
}
