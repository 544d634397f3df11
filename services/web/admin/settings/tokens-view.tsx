import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { z } from "zod";
import type { ApiTokenItem, ApiTokenList } from "../../../shared/contracts/api-token.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button, TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { agoWords, formatInstant } from "../../ui/time-words.ts";
import { CreateTokenDialog } from "./create-token-dialog.tsx";
import { RevokeTokenDialog } from "./revoke-token-dialog.tsx";
import { tokenStanding } from "./token-standing.ts";

export interface TokensViewProps {
  list: z.infer<typeof ApiTokenList> | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}

export function TokensView({ list, error, isRetrying, onRetry }: TokensViewProps) {
  useDocumentTitle("API tokens");
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiTokenItem | null>(null);
  const make = (
    <Button variant="primary" onPress={() => setMaking(true)} data-testid="make-token">
      <Plus aria-hidden size={17} />
      Make a token
    </Button>
  );
  return (
    <>
      <PageHeading
        title="API tokens"
        lead={
          <>
            For programs that invite candidates or fetch results. Everything these pages do is described in
            the{" "}
            <TextLink href="/reference" target="_blank">
              API reference
            </TextLink>
            .
          </>
        }
        actions={list?.items.length ? make : undefined}
      />
      <div className="mt-8">
        {list ? (
          <Card padding="none">
            {list.items.length === 0 ? (
              <EmptyState
                icon={<KeyRound aria-hidden size={28} />}
                title="No program has access yet"
                actions={make}
              >
                A token is a password for a program. It can do only what its scopes allow, and be revoked at
                any time.
              </EmptyState>
            ) : (
              <ul className="divide-y divide-line" aria-label="API tokens">
                {list.items.map((item) => (
                  <TokenRow key={item.id} item={item} now={list.now} onRevoke={() => setRevoking(item)} />
                ))}
              </ul>
            )}
          </Card>
        ) : error ? (
          <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} />
        ) : (
          <Card>
            <SkeletonText lines={5} label="Loading the API tokens" />
          </Card>
        )}
      </div>
      {isMaking ? <CreateTokenDialog onClose={() => setMaking(false)} /> : null}
      {revoking ? <RevokeTokenDialog item={revoking} onClose={() => setRevoking(null)} /> : null}
    </>
  );
}

function TokenRow({ item, now, onRevoke }: { item: ApiTokenItem; now: string; onRevoke: () => void }) {
  const standing = tokenStanding(item, now);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-[620] [overflow-wrap:anywhere]">{item.name}</span>
          <Badge tone={standing.tone} dot>
            {standing.words}
          </Badge>
        </p>
        <p className="mt-1 text-[0.867rem] text-ink-soft">{historyOf(item, now)}</p>
        <ul aria-label="Scopes" className="mt-2 flex flex-wrap gap-1.5">
          {item.scopes.map((scope) => (
            <li key={scope} className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[0.8rem] text-ink-soft">
              {scope}
            </li>
          ))}
        </ul>
      </div>
      {standing.isUsable ? (
        <Button
          size="small"
          onPress={onRevoke}
          aria-label={`Revoke ${item.name}`}
          data-testid={`revoke-${item.id}`}
        >
          Revoke
        </Button>
      ) : null}
    </li>
  );
}

function historyOf(item: ApiTokenItem, now: string): string {
  const made = `Made ${formatInstant(item.createdAt)}${item.createdBy ? ` by ${item.createdBy}` : ""}`;
  const used = item.lastUsedAt
    ? `last used ${agoWords(new Date(now).getTime() - new Date(item.lastUsedAt).getTime())}`
    : "never used";
  return `${made} · ${used}`;
}
