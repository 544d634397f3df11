import { useState } from "react";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { plural } from "../../ui/time-words.ts";
import { VisibleName } from "../visible-name.tsx";
import { VisibleText } from "../visible-text.tsx";
import type { Conversation, Message, Part } from "./conversation.ts";

/** Of a long history, the end is what the call was about. */
const LATEST = 20;

/** Who said what, as text and nothing but text: neither Markdown nor links nor colours of a terminal. */
export function ConversationView({ conversation }: { conversation: Conversation }) {
  const { asked, answered, tools, error } = conversation;
  const [showsAll, setShowsAll] = useState(false);
  const hidden = showsAll ? 0 : Math.max(0, asked.length - LATEST);
  return (
    <div className="flex flex-col gap-4" data-testid="conversation">
      {tools.length > 0 ? (
        <p className="text-[0.867rem] text-ink-soft">
          Tools offered: <VisibleName name={tools.slice(0, 50).join(", ")} />
          {tools.length > 50 ? ` and ${tools.length - 50} more` : ""}
        </p>
      ) : null}
      {hidden > 0 ? (
        <Button size="small" className="self-start" onPress={() => setShowsAll(true)}>
          Show {hidden} earlier {plural(hidden, "message")}
        </Button>
      ) : null}
      <Messages messages={asked.slice(hidden)} name="Asked" />
      {error === null ? null : (
        <Banner tone="danger" title="Answered with an error">
          <VisibleText text={error} />
        </Banner>
      )}
      <Messages messages={answered} name="Answered" />
      {answered.length === 0 && error === null ? (
        <p className="text-[0.867rem] text-ink-faint">No answer is kept.</p>
      ) : null}
    </div>
  );
}

function Messages({ messages, name }: { messages: readonly Message[]; name: "Asked" | "Answered" }) {
  if (messages.length === 0) return null;
  return (
    <section aria-label={name}>
      <h4 className="mb-1.5 text-[0.8rem] font-medium text-ink-faint">{name}</h4>
      <ol className="flex flex-col gap-2">
        {messages.map((message, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: messages of one call never move
            key={at}
            className={classNames(
              "rounded-lg border px-3.5 py-2.5",
              name === "Answered" ? "border-accent-line bg-accent-soft" : "border-line bg-surface",
            )}
          >
            <p className="text-[0.8rem] font-medium text-ink-soft">
              <VisibleName name={message.role.slice(0, 100)} />
            </p>
            {message.parts.length === 0 ? <p className="text-ink-faint italic">empty</p> : null}
            {message.parts.map((part, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one message never move
              <PartView key={index} part={part} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

const PART_NAMES: Record<Exclude<Part["kind"], "text">, string> = {
  reasoning: "Reasoning",
  refusal: "Refusal",
  call: "Calls",
  result: "Result",
  other: "Other",
};

function PartView({ part }: { part: Part }) {
  if (part.kind === "text")
    return (
      <div className="mt-1 text-[0.9rem] leading-relaxed">
        <VisibleText text={part.text} />
      </div>
    );
  return (
    <div className="mt-1.5">
      <p className="text-[0.8rem] text-ink-faint">
        {PART_NAMES[part.kind]}
        {part.name ? (
          <span className="ml-1.5 font-mono text-ink">
            <VisibleName name={part.name} />
          </span>
        ) : null}
      </p>
      <div className="mt-1 rounded-md bg-sunken px-2.5 py-1.5 font-mono text-[0.8rem] leading-relaxed text-ink-soft">
        <VisibleText text={part.text} />
      </div>
    </div>
  );
}
