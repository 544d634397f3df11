import { queryOptions, useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { StaffMe } from "../../shared/contracts/admin.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { request, requestNothing } from "../api-client/request.ts";

/** Who is signed in. A failure with `sign_in_required` means nobody is. */
export const staffQuery = queryOptions({
  queryKey: ["staff", "me"],
  queryFn: ({ signal }) => request(StaffMe, "/api/staff/me", { signal }),
  staleTime: 60_000,
});

export const useStaff = () => useQuery(staffQuery);

/** Sets the session's cookie. Throws `ProblemError`; a 401 means that e-mail and password do not match. */
export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  await request(z.unknown(), "/api/auth/sign-in/email", { method: "POST", body: credentials });
}

export async function signOut(): Promise<void> {
  await requestNothing("/api/auth/sign-out", { method: "POST", body: {} });
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ProblemError && error.code === "sign_in_required";
}
