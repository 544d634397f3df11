import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { StaffMe } from "../../shared/contracts/admin.ts";
import { request, requestNothing } from "../api-client/request.ts";
import { SignInView } from "./sign-in-view.tsx";

async function signIn(email: string, password: string): Promise<StaffMe> {
  await requestNothing("/api/auth/sign-in/email", { method: "POST", body: { email, password } });
  return request(StaffMe, "/api/staff/me");
}

export function SignInPage() {
  const { next } = useSearch({ strict: false }) as { next?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: async (me) => {
      // Whatever was asked before signing in was answered for somebody else.
      client.clear();
      await navigate({ href: next ?? (me.role === "admin" ? "/admin" : "/review"), replace: true });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  return (
    <SignInView
      email={email}
      password={password}
      onEmail={setEmail}
      onPassword={setPassword}
      onSubmit={submit}
      isPending={attempt.isPending}
      error={attempt.error}
    />
  );
}
