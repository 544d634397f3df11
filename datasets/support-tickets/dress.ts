import { type Composer, composeIssue } from "./compose.ts";
import { expand } from "./grammar.ts";
import type { Person } from "./people.ts";
import { changeUnmarked, markPii } from "./pii.ts";
import type { Random } from "./random.ts";
import type { Language } from "./tables.ts";
import { speak } from "./typing.ts";

export interface Dressed {
  readonly body: string;
  readonly html: boolean;
}

/** A first message as it arrives through its channel: greeted, signed, quoted, transcribed, marked up. */
export function dressMessage(composer: Composer, person: Person, now: number): Dressed {
  const { channel, scope, language } = composer;
  const { random } = scope;
  const issue = composeIssue(composer);
  switch (channel) {
    case "email":
      return dressEmail(composer, person, issue, now);
    case "phone":
      return { body: transcribe(issue, language, random), html: false };
    case "social":
      return { body: dressSocial(issue, random), html: false };
    case "web_form":
      return { body: dressForm(composer, person, issue), html: false };
    case "in_app":
      return { body: random.chance(0.22) ? `${issue}\n\n---\n${appFooter(composer)}` : issue, html: false };
    default:
      return { body: greetChat(composer, issue), html: false };
  }
}

function dressEmail(composer: Composer, person: Person, issue: string, now: number): Dressed {
  const { voice, scope, language } = composer;
  const { random } = scope;
  const say = (bank: string) =>
    speak(expand(random.pick(scope.bank(bank)), scope), { ...voice, shouts: 0 }, language, random);
  const parts: string[] = [];
  if (voice.greeting !== "none" || random.chance(0.2))
    parts.push(say(`greet_${voice.greeting === "none" ? "plain" : voice.greeting}`));
  parts.push(issue);
  if (voice.signs !== "none" || random.chance(0.3)) {
    parts.push(
      `${say(`sign_${voice.signs === "none" ? "plain" : voice.signs}`)}\n${signature(composer, person)}`,
    );
  }
  if (random.chance(0.16))
    parts.push(
      random.chance(0.4)
        ? `--\n${expand(random.pick(scope.bank("device_footer")), scope)}`
        : expand(random.pick(scope.bank("device_footer")), scope),
    );
  if (random.chance(0.09)) parts.push(quoteEarlier(composer, person, now));
  const plain = parts.join(random.chance(0.85) ? "\n\n" : "\n");
  return random.chance(0.14) ? { body: toHtml(plain, random), html: true } : { body: plain, html: false };
}

function signature({ voice, scope }: Composer, person: Person): string {
  const { random } = scope;
  const { customer, firstName } = person;
  const full = markPii("name", customer.name);
  if (voice.signs === "casual" || voice.signs === "none")
    return markPii("name", random.chance(0.7) ? firstName : customer.name.toLowerCase());
  const style = random.integer(0, 9);
  if (style < 3) return markPii("name", firstName);
  if (style < 7) return full;
  if (style === 7) return `${full}\n${scope.fact("phone")}`;
  if (style === 8)
    return `${full}\n${scope.fact("address")}${random.chance(0.4) ? `\n${scope.fact("phone")}` : ""}`;
  if (customer.segment === "business")
    return `${full}\n${random.pick(["Director", "Office Manager", "Finance", "Owner"])}, ${scope.fact("company")}\nT ${scope.fact("phone")} | ${scope.fact("email")}\n${random.pick(["This e-mail is confidential. If you are not the addressee please delete it.", "Please consider the environment before printing this e-mail."])}`;
  return `${full}\n${scope.fact("email")}`;
}

const QUOTE_HEAD: Record<Language, string> = {
  en: "On $when, Harbourly Support <help@harbourly.example> wrote:",
  de: "Am $when schrieb Harbourly Support <help@harbourly.example>:",
  es: "El $when, Harbourly Support <help@harbourly.example> escribió:",
  fr: "Le $when, Harbourly Support <help@harbourly.example> a écrit :",
  pt: "Em $when, Harbourly Support <help@harbourly.example> escreveu:",
  pl: "$when Harbourly Support <help@harbourly.example> napisał(a):",
  it: "Il giorno $when Harbourly Support <help@harbourly.example> ha scritto:",
  nl: "Op $when schreef Harbourly Support <help@harbourly.example>:",
};

export function quoteHead(language: Language, when: number, random: Random): string {
  const date = new Date(when);
  const [day, month, year] = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()];
  const time = `${date.getUTCHours()}:${String(date.getUTCMinutes()).padStart(2, "0")}`;
  const short = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][date.getUTCDay()];
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const words =
    language === "en"
      ? random.pick([
          `${short}, ${day} ${months[month - 1]} ${year} at ${time}`,
          `${day} ${months[month - 1]} ${year}, at ${time}`,
        ])
      : `${String(day).padStart(2, "0")}.${String(month).padStart(2, "0")}.${year} ${time}`;
  return QUOTE_HEAD[language].replace("$when", words);
}

/** A reply to an older, unrelated newsletter or answer, quoted below. */
function quoteEarlier({ scope, language }: Composer, person: Person, now: number): string {
  const { random } = scope;
  const when = now - random.integer(2, 60) * 86_400_000 - random.integer(0, 86_000) * 1000;
  const older = expand(random.pick(scope.bank("older_mail")), scope);
  const lines = [`${markPii("name", person.firstName)},`, "", ...older.split(/(?<=[.!?]) /)];
  return `${quoteHead(language, when, random)}\n${lines.map((line) => `> ${line}`.trimEnd()).join("\n")}`;
}

function greetChat({ voice, scope, language }: Composer, issue: string): string {
  const { random } = scope;
  if (voice.greeting === "none" || random.chance(0.45)) return issue;
  const greeting = speak(
    expand(random.pick(scope.bank(`greet_${voice.greeting}`)), scope),
    voice,
    language,
    random,
  );
  return `${greeting}${random.chance(0.5) ? "\n" : " "}${issue}`;
}

function dressSocial(issue: string, random: Random): string {
  const handle = random.pick([
    "@HarbourlyHelp",
    "@harbourly",
    "@HarbourlyHelp",
    "Hey @HarbourlyHelp",
    ".@harbourly",
  ]);
  const tag = random.pick([
    "",
    "",
    "",
    " #harbourly",
    " #fail",
    " #banking",
    " #customerservice",
    " cc @harbourly",
  ]);
  const cut = issue.lastIndexOf(" ", 260);
  const cutsAName = issue.slice(0, cut).split("\uE000").length !== issue.slice(0, cut).split("\uE001").length;
  const short =
    issue.length > 380 && !cutsAName
      ? `${issue.slice(0, cut)}… (1/2)\n\n(2/2) …${issue.slice(cut + 1)}`
      : issue;
  return random.chance(0.8) ? `${handle} ${short}${tag}` : `${short} ${handle}${tag}`;
}

const FORM_LABELS: Record<Language, readonly [string, string, string]> = {
  en: ["Topic", "E-mail", "Message"],
  de: ["Thema", "E-Mail", "Nachricht"],
  es: ["Asunto", "Correo", "Mensaje"],
  fr: ["Sujet", "E-mail", "Message"],
  pt: ["Assunto", "E-mail", "Mensagem"],
  pl: ["Temat", "E-mail", "Wiadomość"],
  it: ["Argomento", "E-mail", "Messaggio"],
  nl: ["Onderwerp", "E-mail", "Bericht"],
};

function dressForm({ scope, language }: Composer, person: Person, issue: string): string {
  if (!scope.random.chance(0.3)) return issue;
  const [topic, mail, message] = FORM_LABELS[language];
  const lines = [`${topic}: ${scope.random.pick(scope.bank("form_topics"))}`];
  if (person.customer.email) lines.push(`${mail}: ${scope.fact("email")}`);
  return `${lines.join("\n")}\n${message}: ${issue}`;
}

function appFooter({ scope, language }: Composer): string {
  const { random } = scope;
  return random.pick([
    `App ${scope.fact("appver")} · ${scope.fact("device")} · ${scope.fact("os")}`,
    `device=${scope.fact("device")}; os=${scope.fact("os")}; app=${scope.fact("appver")}; locale=${language}`,
    `[diagnostics] ${scope.fact("device")} / ${scope.fact("appver")} / ref ${scope.fact("ref")}`,
  ]);
}

const FILLERS: Record<Language, readonly string[]> = {
  en: ["um", "uh", "you know", "like", "I mean", "er", "right", "well", "sort of", "hang on"],
  de: ["ähm", "äh", "also", "naja", "wissen Sie", "halt", "Moment"],
  es: ["eh", "pues", "bueno", "o sea", "a ver", "mmm"],
  fr: ["euh", "ben", "enfin", "voilà", "alors", "quoi"],
  pt: ["hum", "pronto", "tipo", "é assim", "olhe", "pá"],
  pl: ["yyy", "no", "znaczy", "wie pani", "hmm", "tak"],
  it: ["ehm", "cioè", "allora", "insomma", "guardi", "mah"],
  nl: ["eh", "nou", "zeg maar", "weet u", "nou ja", "hè"],
};

/** A machine transcript: fillers, repeated words, little punctuation. */
function transcribe(issue: string, language: Language, random: Random): string {
  const spoken = changeUnmarked(issue, (part) =>
    part
      .replace(/\n+/g, " ")
      .replace(/[“”"()]/g, "")
      .replace(/(?<=\p{L}{2}) (?=\p{L}{2})/gu, () =>
        random.chance(0.055) ? ` ${random.pick(FILLERS[language])} ` : " ",
      )
      .replace(/\b(\p{L}{1,4}) (?=\p{L})/gu, (whole, word: string) =>
        random.chance(0.03) ? `${word} ${word} ` : whole,
      ),
  );
  const gap = random.chance(0.2)
    ? spoken.replace(/ (\p{L}{5,}) (?=\p{L})/u, random.pick([" [inaudible] ", " [crosstalk] ", " [00:41] "]))
    : spoken;
  const loose = random.chance(0.5)
    ? changeUnmarked(gap, (part) => part.replace(/[.,;] (?=\p{L})/gu, " ").toLowerCase())
    : gap;
  const head = random.pick([
    "",
    "",
    `[Voicemail ${random.integer(0, 2)}:${random.integer(10, 59)}] `,
    "Caller: ",
    `[call ${random.integer(3, 19)} min, auto-transcript] `,
  ]);
  return head + loose;
}

/** The mark-up mail programs send: paragraphs, a wrapper, sometimes styles and entities. */
export function toHtml(text: string, random: Random): string {
  const escaped = changeUnmarked(text, (part) =>
    part.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
  );
  const style = random.integer(0, 3);
  const blocks = escaped.split("\n\n");
  if (style === 0)
    return `<div dir="ltr">${blocks.map((block) => `<div>${block.replace(/\n/g, "<br>")}</div>`).join("<div><br></div>")}</div>`;
  if (style === 1)
    return `<html><body><p>${blocks.map((block) => block.replace(/\n/g, "<br/>")).join("</p>\n<p>")}</p></body></html>`;
  if (style === 2)
    return `<p class="MsoNormal"><span style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif">${blocks.map((block) => block.replace(/\n/g, "<br>")).join('<o:p></o:p></span></p>\n<p class="MsoNormal"><span style="font-size:11.0pt">')}<o:p></o:p></span></p>`;
  return blocks
    .map((block) => `<font face="Arial" size="2">${block.replace(/\n/g, "<br>\n")}</font>`)
    .join("<br><br>\n");
}
