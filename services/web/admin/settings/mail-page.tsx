import { useQuery } from "@tanstack/react-query";
import { ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { emailQuery } from "../invitations/invitations-api.ts";
import { MailView } from "./mail-view.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

export function MailPage() {
  return <SettingsFrame>{() => <Mail />}</SettingsFrame>;
}

function Mail() {
  const settings = useQuery(emailQuery);
  if (isSignedOut(settings.error)) return <ToSignIn reason="expired" />;
  return (
    <MailView
      settings={settings.data ?? null}
      error={settings.error}
      isRetrying={settings.isFetching}
      onRetry={() => void settings.refetch()}
    />
  );
}
