import type { SecretBox } from "../../../shared/domain/secret-box.ts";
import { openBody } from "../../../shared/models/transcript.ts";
import type { Redactor } from "../../records/blind-identity.ts";
import type { ModelCallRow } from "../../records/model-call.ts";
import { blindJson, blindText, blindValue, parseJson } from "./blind-json.ts";
import { closeJson } from "./close-json.ts";
import { lastWords } from "./excerpt.ts";
import { reassemble } from "./reassemble.ts";

/** Left out at the end of a body of which only the beginning is kept: a name that is cut there would not be found. */
const MARGIN = 256;
/** Of a last message, what an excerpt is taken from. */
const EXCERPT_SOURCE = 4000;
const EXCERPT = 200;

export interface BlindTexts {
  text: string | null;
  redacted: boolean;
}
const NOTHING: BlindTexts = { text: null, redacted: false };

/** A body as it is kept; null when it is not, or does not open. */
interface Kept {
  text: string;
  /** There was more. */
  isCut: boolean;
}

function keep(
  box: SecretBox,
  call: Pick<ModelCallRow, "id" | "truncated">,
  sealed: Buffer | null,
  bytes: number,
): Kept | null {
  const text = sealed && openBody(box, call.id, sealed);
  if (text === null) return null;
  return { text, isCut: call.truncated && Buffer.byteLength(text) < bytes };
}

const readable = ({ text, isCut }: Kept): string => (isCut ? closeJson(text.slice(0, -MARGIN)) : text);

/** The request, without the candidate's name and e-mail. */
export function readRequest(box: SecretBox, call: ModelCallRow, redact: Redactor): BlindTexts {
  const kept = keep(box, call, call.requestSealed, call.requestBytes);
  return kept ? blindJson(readable(kept), redact) : NOTHING;
}

/**
 * The answer, without the candidate's name and e-mail. What was streamed is put together first, since its events hold
 * a name in pieces.
 */
export function readResponse(
  box: SecretBox,
  call: ModelCallRow & { responseSealed: Buffer | null },
  redact: Redactor,
): BlindTexts & { reassembled: boolean } {
  const kept = keep(box, call, call.responseSealed, call.responseBytes);
  if (!kept) return { ...NOTHING, reassembled: false };
  // Refusals of a call that asked for a stream are no stream.
  if (!call.stream || /^\s*[[{]/.test(kept.text))
    return { ...blindJson(readable(kept), redact), reassembled: false };
  const answer = reassemble(kept.text, kept.isCut ? MARGIN : 0);
  const blind = answer && blindValue(answer, redact);
  if (!blind) return { ...NOTHING, reassembled: true };
  return { text: JSON.stringify(blind.value), redacted: blind.redacted, reassembled: true };
}

/** The first words of the last message, without the candidate's name and e-mail; empty when there are none. */
export function readExcerpt(
  box: SecretBox,
  call: Pick<ModelCallRow, "id" | "truncated" | "requestSealed" | "requestBytes">,
  redact: Redactor,
): string {
  const kept = keep(box, call, call.requestSealed, call.requestBytes);
  if (!kept) return "";
  const words = lastWords(parseJson(readable(kept))).slice(0, EXCERPT_SOURCE);
  return blindText(words, redact).text.replace(/\s+/g, " ").trim().slice(0, EXCERPT).toWellFormed();
}
