import type { ModelCallView } from "../../../shared/contracts/models.ts";
import { Banner } from "../../ui/banner.tsx";
import { formatBytes } from "../../ui/time-words.ts";

/** What to know before believing what is below. */
export function CallNotices({ call }: { call: ModelCallView }) {
  const notices = [
    call.truncated
      ? `Only the beginnings are kept: the request had ${formatBytes(call.requestBytes)}, the answer ${formatBytes(call.responseBytes)}.`
      : null,
    call.usage === "estimated"
      ? "Tokens and cost are estimated: the model did not say, or said what cannot be."
      : null,
    call.redacted ? "The candidate’s name or e-mail address was replaced, to keep the review blind." : null,
    call.reassembled && call.response !== null
      ? "The answer was streamed, and put together from its events."
      : null,
    call.reassembled && call.response === null
      ? "The answer was streamed, and its events could not be put together."
      : null,
  ].filter((notice) => notice !== null);
  if (notices.length === 0) return null;
  return (
    <Banner data-testid="call-notices">
      <ul className="space-y-1">
        {notices.map((notice) => (
          <li key={notice}>{notice}</li>
        ))}
      </ul>
    </Banner>
  );
}
