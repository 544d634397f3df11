import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { API_SCOPE_WORDS, ApiScope } from "../../../shared/contracts/api-token.ts";
import { api } from "../../api-client/client.ts";
import { Button } from "../../ui/button.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Checkbox, Select, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { tokensQuery } from "./settings-api.ts";

const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "never", label: "Until it is revoked" },
] as const;
type Lifetime = (typeof LIFETIMES)[number]["value"];
const DAY_MS = 24 * 3600_000;

export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<ReadonlySet<ApiScope>>(new Set(["admin:read"]));
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const [isTried, setTried] = useState(false);
  const making = useMutation({
    mutationFn: () => api.createApiToken({ name, scopes: [...scopes], expiresAt: endOf(lifetime) }),
    onSuccess: () => void client.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  const submit = () => {
    setTried(true);
    if (name.trim() !== "" && scopes.size > 0) making.mutate();
  };
  if (making.data)
    return <TokenMade token={making.data.token} name={making.data.item.name} onClose={onClose} />;
  return (
    <FormDialog
      name="make-token"
      title="Make a token"
      confirmLabel="Make it"
      onClose={onClose}
      onSubmit={submit}
      isPending={making.isPending}
      error={making.error}
    >
      <TextField
        label="Name"
        description="The program that will use it; stands in the audit log."
        autoComplete="off"
        maxLength={200}
        value={name}
        onChange={setName}
        error={isTried && name.trim() === "" ? "Enter a name." : null}
        data-testid="token-name"
      />
      <ScopeChoice scopes={scopes} onScopes={setScopes} isMissing={isTried && scopes.size === 0} />
      <Select label="Works for" options={LIFETIMES} value={lifetime} onChange={setLifetime} />
    </FormDialog>
  );
}

function endOf(lifetime: Lifetime): string | null {
  return lifetime === "never" ? null : new Date(Date.now() + Number(lifetime) * DAY_MS).toISOString();
}

interface ScopeChoiceProps {
  scopes: ReadonlySet<ApiScope>;
  onScopes: (scopes: ReadonlySet<ApiScope>) => void;
  isMissing: boolean;
}

function ScopeChoice({ scopes, onScopes, isMissing }: ScopeChoiceProps) {
  const toggle = (scope: ApiScope, isOn: boolean) => {
    const next = new Set(scopes);
    if (isOn) next.add(scope);
    else next.delete(scope);
    onScopes(next);
  };
  return (
    <fieldset>
      <legend className="text-[0.933rem] font-medium text-ink">What it may do</legend>
      <div className="mt-2 flex flex-col gap-2.5">
        {ApiScope.options.map((scope) => (
          <Checkbox
            key={scope}
            isSelected={scopes.has(scope)}
            onChange={(isOn) => toggle(scope, isOn)}
            data-testid={`scope-${scope}`}
          >
            <span className="block font-mono text-[0.867rem] text-ink">{scope}</span>
            <span className="block text-[0.867rem] text-ink-soft">{API_SCOPE_WORDS[scope]}</span>
          </Checkbox>
        ))}
      </div>
      {isMissing ? <p className="mt-2 text-[0.867rem] text-danger">Choose at least one.</p> : null}
    </fieldset>
  );
}

function TokenMade({ token, name, onClose }: { token: string; name: string; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`The token for ${name}`}
      data-testid="token-made"
      footer={
        <Button variant="primary" onPress={onClose}>
          I have stored it
        </Button>
      }
    >
      <p>
        Store it where the program finds its secrets. Only its digest is kept here, so this is the last time
        it can be read.
      </p>
      <div className="mt-4">
        <CodeBlock code={token} label="the token" wrap />
      </div>
    </Dialog>
  );
}
