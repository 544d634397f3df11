import type { ReactNode } from "react";
import {
  LoggedRequest,
  LoggedResponse,
  type LoggedWeather,
} from "../../../../shared/contracts/mock-api-log.ts";
import type { MockApiRequestItem } from "../../../../shared/contracts/mock-api-studio.ts";
import { FAULT_WORDS } from "../../../../shared/contracts/weather-words.ts";
import { CodeBlock } from "../../../ui/code-block.tsx";
import { formatBytes, plural } from "../../../ui/time-words.ts";
import { prettyBody } from "./pretty-body.ts";

/** Both sides of a logged request, as far as they were kept. */
export function Exchange({ item }: { item: MockApiRequestItem }) {
  const request = LoggedRequest.safeParse(item.request).data;
  const response = LoggedResponse.safeParse(item.response).data;
  return (
    <div className="flex flex-col gap-4 px-4 pt-1 pb-4 text-[0.867rem]" data-testid="exchange">
      {item.operationId ? (
        <p className="text-ink-soft">
          Operation <code className="font-mono text-ink">{item.operationId}</code>
        </p>
      ) : null}
      {response?.weather ? <Weather weather={response.weather} /> : null}
      <Findings response={response} />
      <Side name="Request" message={request} />
      <Side name="Response" message={item.status === null ? undefined : response} />
    </div>
  );
}

function Weather({ weather }: { weather: LoggedWeather }) {
  const lines = [
    FAULT_WORDS[weather.kind].hint,
    weather.name ? `Rule “${weather.name}”.` : `Rule ${weather.rule + 1} of the weather.`,
    weather.delayMs === undefined ? "" : `Held back for ${Math.round(weather.delayMs)} ms.`,
    weather.writes === "happen" ? "What it writes was carried out." : "",
    weather.writes === "lost" ? "What it writes never happened." : "",
    weather.field ? `At ${weather.field}.` : "",
    weather.isShortened ? "Not held back as long as it should be: too many were waiting." : "",
  ];
  return (
    <Note title={FAULT_WORDS[weather.kind].name}>
      <p className="[overflow-wrap:anywhere]">{lines.filter(Boolean).join(" ")}</p>
    </Note>
  );
}

function Findings({ response }: { response: LoggedResponse | undefined }) {
  return (
    <>
      {response?.mismatch?.length ? (
        <Note title="The answer is not what the document says">
          <ul className="list-disc pl-4 [overflow-wrap:anywhere]">
            {response.mismatch.map(({ pointer, message }) => (
              <li key={pointer + message}>
                <code className="font-mono">{pointer || "/"}</code> {message}
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
      {response?.callbacks?.length ? (
        <Note title="Callbacks that were due">
          <ul className="list-disc pl-4 [overflow-wrap:anywhere]">
            {response.callbacks.map(({ name, method, url }) => (
              <li key={name + method + url}>
                {name}: <code className="font-mono">{`${method.toUpperCase()} ${url}`}</code>. Nothing is ever
                sent.
              </li>
            ))}
          </ul>
        </Note>
      ) : null}
    </>
  );
}

function Note({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-warn-line bg-warn-soft px-3 py-2">
      <p className="font-[620]">{title}</p>
      <div className="text-ink-soft">{children}</div>
    </div>
  );
}

function Side({ name, message }: { name: string; message: LoggedRequest | undefined }) {
  return (
    <section aria-label={name}>
      <h3 className="font-[620]">
        {name}
        {message ? (
          <span className="ml-2 font-normal text-ink-faint">
            {message.bytes > 0 ? formatBytes(message.bytes) : "no body"}
          </span>
        ) : null}
      </h3>
      {message ? <Message name={name} message={message} /> : <p className="text-ink-soft">None was sent.</p>}
    </section>
  );
}

function Message({ name, message }: { name: string; message: LoggedRequest }) {
  const headers = Object.entries(message.headers);
  return (
    <>
      {message.body ? (
        <CodeBlock
          wrap
          className="mt-2 max-h-96 overflow-y-auto"
          label={`${name} body`}
          code={prettyBody(message.body) + (message.isCut ? "\n…" : "")}
        />
      ) : message.bytes > 0 ? (
        <p className="mt-1 text-ink-soft">The body is no text, or too much is kept already.</p>
      ) : null}
      {headers.length > 0 ? (
        <details className="mt-1.5">
          <summary className="cursor-pointer text-ink-soft">
            {headers.length} {plural(headers.length, "header")}
          </summary>
          <dl className="mt-1 font-mono text-[0.8rem] leading-relaxed [overflow-wrap:anywhere]">
            {headers.map(([header, value]) => (
              <div key={header}>
                <dt className="inline text-ink-faint">{header}: </dt>
                <dd className="inline">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      ) : null}
    </>
  );
}
