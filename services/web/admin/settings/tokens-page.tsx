import { useQuery } from "@tanstack/react-query";
import { ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { tokensQuery } from "./settings-api.ts";
import { SettingsFrame } from "./settings-frame.tsx";
import { TokensView } from "./tokens-view.tsx";

export function TokensPage() {
  return <SettingsFrame>{() => <Tokens />}</SettingsFrame>;
}

function Tokens() {
  const tokens = useQuery(tokensQuery);
  if (isSignedOut(tokens.error)) return <ToSignIn reason="expired" />;
  return (
    <TokensView
      list={tokens.data ?? null}
      error={tokens.error}
      isRetrying={tokens.isFetching}
      onRetry={() => void tokens.refetch()}
    />
  );
}
