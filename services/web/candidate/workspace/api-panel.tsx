import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { MockApiReference, TaskView } from "../../../shared/contracts/candidate.ts";
import { CopyButton } from "../../ui/code-block.tsx";
import { TextField } from "../../ui/field.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { candidateApi } from "../candidate-api.ts";
import { asObject, asText, readOperations, searchOperations } from "./openapi.ts";
import { keyHeader } from "./openapi-schema.ts";
import { OperationView } from "./operation-view.tsx";

type MockApiLink = TaskView["mockApis"][number];

export function ApiPanel({ invitationId, api }: { invitationId: string; api: MockApiLink }) {
  const reference = useQuery({
    queryKey: ["candidate", invitationId, "mock-api", api.hostname],
    queryFn: ({ signal }) => candidateApi.mockApi(invitationId, api.hostname, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (reference.error)
    return (
      <div className="p-5">
        <ErrorState
          error={reference.error}
          onRetry={() => void reference.refetch()}
          isRetrying={reference.isFetching}
        />
      </div>
    );
  if (!reference.data)
    return (
      <div className="p-5">
        <SkeletonText lines={8} label="Loading the API reference" />
      </div>
    );
  return <ApiReferenceView reference={reference.data} />;
}

export function ApiReferenceView({ reference }: { reference: MockApiReference }) {
  const { document, baseUrl, apiKey, variables } = reference;
  const [query, setQuery] = useState("");
  const groups = useMemo(() => readOperations(document), [document]);
  const found = useMemo(() => searchOperations(groups, query), [groups, query]);
  const info = asObject(document.info);
  return (
    <div className="flex flex-col gap-6 p-5 pb-8" data-testid="api-reference">
      <header>
        <h2 className="text-[1.2rem] font-[640]">{asText(info.title) || reference.hostname}</h2>
        <Markdown text={asText(info.description)} headingLevel={3} className="mt-1" />
        <dl className="mt-4 flex flex-col gap-1 rounded-lg border border-line bg-sunken px-3.5 py-2">
          <Copyable name="Base URL" value={baseUrl} />
          {apiKey ? <Copyable name="Key header" value={keyHeader(document, apiKey)} /> : null}
        </dl>
        <p className="mt-2 text-[0.867rem] text-ink-soft" data-testid="api-variables">
          In your workspace the address is in <code className="font-mono">${variables.baseUrl}</code>
          {variables.apiKey ? (
            <>
              {" "}
              and the key in <code className="font-mono">${variables.apiKey}</code>
            </>
          ) : null}
          .
        </p>
      </header>
      <TextField
        label="Find an operation"
        type="search"
        value={query}
        onChange={setQuery}
        placeholder="A word, a method or a path"
        data-testid="api-search"
      />
      {found.length === 0 ? <EmptyState title="No operation matches">Try fewer words.</EmptyState> : null}
      {found.map((group) => (
        <section key={group.tag}>
          <h3 className="font-[620]">{group.tag}</h3>
          {group.description ? (
            <p className="mt-0.5 text-[0.933rem] text-ink-soft">{group.description}</p>
          ) : null}
          <div className="mt-2 border-t border-line">
            {group.operations.map((operation) => (
              <OperationView
                key={operation.id}
                document={document}
                operation={operation}
                baseUrl={baseUrl}
                apiKey={apiKey}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Copyable({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-center gap-3">
      <dt className="w-20 shrink-0 text-[0.867rem] text-ink-soft">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-2">
        <code className="min-w-0 font-mono text-[0.85rem] break-all">{value}</code>
        <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} />
      </dd>
    </div>
  );
}
