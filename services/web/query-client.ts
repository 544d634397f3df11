import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "./api-client/problem-error.ts";

/** What the server refused it will refuse again; only what may pass by itself is tried again. */
export function shouldRetry(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ProblemError && error.transient;
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: shouldRetry, staleTime: 5_000 }, mutations: { retry: false } },
});
