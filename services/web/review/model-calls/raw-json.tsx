import type { ModelCallView } from "../../../shared/contracts/models.ts";
import { CopyButton } from "../../ui/code-block.tsx";
import { VisibleText } from "../visible-text.tsx";

/** Request and answer as they are kept, indented. */
export function RawJson({ call }: { call: ModelCallView }) {
  return (
    <div className="flex flex-col gap-4" data-testid="raw-json">
      <Raw name="Request" text={call.request} />
      <Raw name="Answer" text={call.response} />
    </div>
  );
}

function Raw({ name, text }: { name: string; text: string | null }) {
  const shown = text === null ? null : indent(text);
  return (
    <section aria-label={name}>
      <div className="flex items-center justify-between gap-2">
        <h4 className="text-[0.8rem] font-medium text-ink-faint">{name}</h4>
        {shown === null ? null : <CopyButton text={shown} label={`Copy the ${name.toLowerCase()}`} />}
      </div>
      {shown === null ? (
        <p className="text-ink-soft">Not kept.</p>
      ) : (
        <div className="rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-[0.8rem] leading-relaxed">
          <VisibleText text={shown} />
        </div>
      )}
    </section>
  );
}

/** As it is when it is no JSON. */
function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
