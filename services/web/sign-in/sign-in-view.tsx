import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { Form } from "react-aria-components";
import { AppShell } from "../ui/app-shell.tsx";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { TextField } from "../ui/field.tsx";

export interface SignInViewProps {
  /** Why the reader is here rather than where they wanted to be. */
  reason?: "expired" | "signed_out";
  failure: { title: string; text: string } | null;
  isPending: boolean;
  onSubmit: (credentials: { email: string; password: string }) => void;
}

export function SignInView({ reason, failure, isPending, onSubmit }: SignInViewProps) {
  useDocumentTitle("Sign in");
  return (
    <AppShell width="narrow">
      <div className="mx-auto max-w-[24.5rem] pt-[5vh] sm:pt-[9vh]">
        <h1 className="text-[1.75rem] leading-[1.15] font-[640] tracking-[-0.025em]">Sign in</h1>
        <p className="mt-2.5 text-ink-soft">
          For reviewers and admins. Candidates need no account: they use the personal link from their
          invitation.
        </p>
        <div className="mt-7 flex flex-col gap-4">
          {failure ? (
            <Banner tone="danger" role="alert" title={failure.title} data-testid="sign-in-failed">
              {failure.text}
            </Banner>
          ) : reason ? (
            <Banner role="status" data-testid="sign-in-reason">
              {reason === "expired"
                ? "Your session has ended. Sign in to go on where you were; drafts are kept."
                : "You are signed out."}
            </Banner>
          ) : null}
          <SignInForm isPending={isPending} onSubmit={onSubmit} />
        </div>
      </div>
    </AppShell>
  );
}

function SignInForm({ isPending, onSubmit }: Pick<SignInViewProps, "isPending" | "onSubmit">) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const passwordField = useRef<HTMLDivElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isPending) return;
    onSubmit({ email: email.trim(), password });
    passwordField.current?.querySelector("input")?.select();
  };
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4" data-testid="sign-in">
      <TextField
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        isRequired
        autoFocus
        value={email}
        onChange={setEmail}
        data-testid="email"
      />
      <div ref={passwordField}>
        <TextField
          label="Password"
          type={isShown ? "text" : "password"}
          name="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
          data-testid="password"
        />
      </div>
      <div className="mt-1 flex items-center justify-between gap-3">
        <Button
          size="small"
          variant="quiet"
          className="-ml-3"
          aria-pressed={isShown}
          onPress={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff aria-hidden size={15} /> : <Eye aria-hidden size={15} />}
          {isShown ? "Hide password" : "Show password"}
        </Button>
        <Button type="submit" variant="primary" isPending={isPending} data-testid="sign-in-submit">
          Sign in
        </Button>
      </div>
    </Form>
  );
}
