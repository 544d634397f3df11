import { ProblemError } from "../api-client/problem-error.ts";

/** What to say about a refused sign-in. It never tells whether an account exists. */
export function describeSignInFailure(error: unknown): { title: string; text: string } {
  const { problem } = ProblemError.from(error);
  if (problem.status === 401 || problem.status === 400 || problem.status === 422) {
    return {
      title: "E-mail and password do not match",
      text: "Check both and try again.",
    };
  }
  if (problem.status === 429) {
    return { title: "Too many attempts", text: "Wait a minute, then try again." };
  }
  if (problem.status === 403) {
    return { title: "This account may not sign in here", text: "Ask an admin to check your account." };
  }
  return { title: problem.title, text: problem.hint };
}
