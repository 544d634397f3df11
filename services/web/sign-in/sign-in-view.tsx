import type { FormEvent } from "react";
import { ProblemError } from "../api-client/problem-error.ts";
import { AppShell } from "../ui/app-shell.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { TextField } from "../ui/field.tsx";
import { ErrorState } from "../ui/states.tsx";

export interface SignInViewProps {
  email: string;
  password: string;
  onEmail: (email: string) => void;
  onPassword: (password: string) => void;
  onSubmit: (event: FormEvent) => void;
  isPending: boolean;
  error: unknown;
}

export function SignInView({ error, isPending, ...form }: SignInViewProps) {
  useDocumentTitle("Sign in");
  return (
    <AppShell width="narrow">
      <div className="mx-auto max-w-sm py-[8vh]">
        <h1 className="text-[1.75rem] font-[640] tracking-[-0.025em]">Sign in</h1>
        <p className="mt-2 text-ink-soft">
          For reviewers and admins. Candidates use the personal link in their invitation.
        </p>
        <form onSubmit={form.onSubmit} className="mt-7 flex flex-col gap-5" data-testid="sign-in">
          <TextField
            label="E-mail"
            type="email"
            autoComplete="username"
            isRequired
            autoFocus
            value={form.email}
            onChange={form.onEmail}
            data-testid="email"
          />
          <TextField
            label="Password"
            type="password"
            autoComplete="current-password"
            isRequired
            value={form.password}
            onChange={form.onPassword}
            data-testid="password"
          />
          {error ? <SignInFailure error={error} /> : null}
          <Button
            type="submit"
            variant="primary"
            size="large"
            isPending={isPending}
            data-testid="sign-in-submit"
          >
            Sign in
          </Button>
        </form>
      </div>
    </AppShell>
  );
}

/** A wrong password says nothing about which of the two was wrong. */
function SignInFailure({ error }: { error: unknown }) {
  const { status } = ProblemError.from(error);
  return status === 401 ? (
    <Banner tone="danger" role="alert" title="E-mail and password do not match" data-testid="sign-in-failed">
      Check both and try again. An admin can set a new password for you.
    </Banner>
  ) : (
    <ErrorState error={error} />
  );
}
