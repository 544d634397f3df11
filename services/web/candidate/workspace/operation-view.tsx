import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { classNames } from "../../ui/class-names.ts";
import { CodeBlock } from "../../ui/code-block.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import type { Answer, Body, Json, Operation } from "./openapi.ts";
import { curlFor, exampleOf, schemaRows, typeWords } from "./openapi-schema.ts";

export interface OperationViewProps {
  document: Json;
  operation: Operation;
  baseUrl: string;
  apiKey: string | null;
}

export function OperationView({ document, operation, baseUrl, apiKey }: OperationViewProps) {
  return (
    <Disclosure className="group/operation border-b border-line">
      {({ isExpanded }) => (
        <>
          <Heading level={4}>
            <AriaButton
              slot="trigger"
              className="flex w-full items-baseline gap-2.5 rounded-sm py-2.5 text-left data-hovered:bg-ink/4"
            >
              <ChevronRight
                aria-hidden
                size={14}
                className={classNames(
                  "shrink-0 self-center text-ink-faint transition-transform",
                  isExpanded && "rotate-90",
                )}
              />
              <span className="w-13 shrink-0 font-mono text-[0.8rem] font-semibold text-accent">
                {operation.method}
              </span>
              <span className="min-w-0 flex-1">
                <span
                  className={classNames(
                    "block font-mono text-[0.87rem] break-all",
                    operation.deprecated && "line-through",
                  )}
                >
                  {operation.path}
                </span>
                <span className="block text-[0.9rem] text-ink-soft">
                  {operation.summary}
                  {operation.deprecated ? " (deprecated)" : ""}
                </span>
              </span>
            </AriaButton>
          </Heading>
          <DisclosurePanel>
            {isExpanded ? (
              <OperationDetail document={document} operation={operation} baseUrl={baseUrl} apiKey={apiKey} />
            ) : null}
          </DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}

function OperationDetail({ document, operation, baseUrl, apiKey }: OperationViewProps) {
  return (
    <div className="flex flex-col gap-5 pt-1 pb-6 pl-6">
      {operation.description ? <Markdown text={operation.description} headingLevel={4} /> : null}
      <CodeBlock code={curlFor(document, operation, baseUrl, apiKey)} label="the curl command" />
      {operation.parameters.length > 0 ? (
        <Block title="Parameters">
          {operation.parameters.map((parameter) => (
            <Property
              key={`${parameter.in} ${parameter.name}`}
              name={parameter.name}
              type={`${typeWords(document, parameter.schema)}, in ${parameter.in}`}
              required={parameter.required}
              description={parameter.description}
            />
          ))}
        </Block>
      ) : null}
      {operation.body ? (
        <Block title={`Body · ${operation.body.contentType}`}>
          <BodyView document={document} body={operation.body} label="the request body" />
        </Block>
      ) : null}
      {operation.answers.map((answer) => (
        <AnswerView key={answer.status} document={document} answer={answer} />
      ))}
    </div>
  );
}

function AnswerView({ document, answer }: { document: Json; answer: Answer }) {
  const good = answer.status.startsWith("2");
  return (
    <Block
      title={
        <>
          <span className={good ? "text-accent" : "text-danger"}>{answer.status}</span> {answer.description}
        </>
      }
    >
      {answer.body ? (
        <BodyView
          document={document}
          body={answer.body}
          label={`the ${answer.status} answer`}
          hideSchema={!good}
        />
      ) : null}
    </Block>
  );
}

function BodyView({
  document,
  body,
  label,
  hideSchema,
}: {
  document: Json;
  body: Body;
  label: string;
  hideSchema?: boolean;
}) {
  const rows = hideSchema ? [] : schemaRows(document, body.schema);
  const example = body.example ?? exampleOf(document, body.schema);
  return (
    <>
      {rows.map((row) => (
        <Property
          key={row.path}
          name={row.path}
          type={row.type}
          required={row.required}
          description={row.description}
          depth={row.depth}
        />
      ))}
      <CodeBlock
        code={JSON.stringify(example, null, 2)}
        label={label}
        className="mt-3 max-h-80 overflow-auto"
      />
    </>
  );
}

function Block({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h5 className="mb-1 text-[0.9rem] font-[620]">{title}</h5>
      {children}
    </section>
  );
}

interface PropertyProps {
  name: string;
  type: string;
  required: boolean;
  description: string;
  depth?: number;
}

const INDENTS = ["", "pl-3", "pl-6", "pl-9", "pl-12"];

function Property({ name, type, required, description, depth = 0 }: PropertyProps) {
  return (
    <div className={classNames("border-t border-line py-1.5 text-[0.9rem]", INDENTS[depth])}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-mono text-[0.85rem] break-all">{name}</code>
        <span className="text-[0.8rem] text-ink-faint">{type}</span>
        {required ? <span className="text-[0.8rem] text-warn">required</span> : null}
      </p>
      {description ? <p className="text-ink-soft">{description}</p> : null}
    </div>
  );
}
