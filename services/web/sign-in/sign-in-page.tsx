import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { safeNext } from "./safe-next.ts";
import { describeSignInFailure } from "./sign-in-failure.ts";
import { SignInView } from "./sign-in-view.tsx";
import { signIn, staffQuery } from "./staff-session.ts";

export function SignInPage() {
  const search = useSearch({ from: "/sign-in" });
  // The router hands on what a validator leaves out, so the address is judged here, where it is followed.
  const next = safeNext(search.next);
  const router = useRouter();
  const client = useQueryClient();
  const attempt = useMutation({
    mutationFn: async (credentials: { email: string; password: string }) => {
      await signIn(credentials);
      client.clear();
      const me = await client.fetchQuery(staffQuery);
      await router.navigate({ href: next ?? (me.role === "admin" ? "/admin" : "/review"), replace: true });
    },
  });
  return (
    <SignInView
      reason={search.reason}
      isPending={attempt.isPending}
      failure={attempt.error ? describeSignInFailure(attempt.error) : null}
      onSubmit={(credentials) => attempt.mutate(credentials)}
    />
  );
}
