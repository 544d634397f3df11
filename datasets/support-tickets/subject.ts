import { type Composer, mend } from "./compose.ts";
import { expand } from "./grammar.ts";
import { withoutMarks } from "./pii.ts";
import { speak } from "./typing.ts";

/** A subject line, or null: chat and phone seldom have one, and some mail programs cut the text instead. */
export function writeSubject(
  { channel, scope, text, voice, language, scenario }: Composer,
  body: string,
): string | null {
  const { random } = scope;
  const rate = { email: 0.97, web_form: 0.93, in_app: 0.3, chat: 0.04, phone: 0.25, social: 0.02 }[channel];
  if (!random.chance(rate)) return null;
  if (random.chance(0.04)) return scenario.product.replace(/_/g, " ");
  if (random.chance(0.06) && body.length > 10)
    return (
      `${body
        .replace(/<[^>]*>/g, "")
        .replace(/\s+/g, " ")
        .trim()
        .slice(0, random.integer(18, 45))}${random.pick(["", "..."])}` || null
    );
  if (channel === "phone")
    return random.pick(["Voicemail", "Inbound call", "Callback requested", "Missed call"]);
  const subject = withoutMarks(
    speak(
      mend(expand(random.pick(text.subjects), scope), language),
      { ...voice, shouts: voice.shouts * 0.7 },
      language,
      random,
    ),
  );
  return `${random.chance(0.05) ? random.pick(["Re: ", "FW: ", "AW: ", "RE: Re: "]) : ""}${subject}`;
}
