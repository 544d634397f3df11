import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../api-client/client.ts";
import { ProblemError } from "../api-client/problem-error.ts";

/** Who is signed in. A failure with `sign_in_required` means nobody is. */
export const staffQuery = queryOptions({
  queryKey: ["staff", "me"],
  queryFn: ({ signal }) => api.readStaffMe({ signal }),
  staleTime: 60_000,
});

export const useStaff = () => useQuery(staffQuery);

/** Sets the session's cookie. Throws `ProblemError`; a 401 means that e-mail and password do not match. */
export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  await api.signIn(credentials);
}

export async function signOut(): Promise<void> {
  await api.signOut();
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.code === "sign_in_required";
}
