import { isEuSummerTime } from "./canonical-time.ts";
import { changeUnmarked } from "./pii.ts";
import type { Random } from "./random.ts";
import type { Channel } from "./tables.ts";

/** Two systems were moved over during the period, and neither move was clean. */
export type ImportBatch = "old_mail_desk" | "old_chat";

export function importBatchOf(channel: string, createdAt: number): ImportBatch | null {
  if (channel === "email" && createdAt < Date.UTC(2025, 3, 12)) return "old_mail_desk";
  if (channel === "chat" && createdAt >= Date.UTC(2025, 8, 8) && createdAt < Date.UTC(2025, 8, 25))
    return "old_chat";
  return null;
}

const WINDOWS_1252: Record<number, string> = {
  128: "€",
  130: "‚",
  131: "ƒ",
  132: "„",
  133: "…",
  134: "†",
  135: "‡",
  136: "ˆ",
  137: "‰",
  138: "Š",
  139: "‹",
  140: "Œ",
  142: "Ž",
  145: "‘",
  146: "’",
  147: "“",
  148: "”",
  149: "•",
  150: "–",
  151: "—",
  152: "˜",
  153: "™",
  154: "š",
  155: "›",
  156: "œ",
  158: "ž",
  159: "Ÿ",
};

/** UTF-8 read as Windows-1252, or everything outside ASCII lost. */
export function garble(text: string, random: Random): string {
  const lossy = random.chance(0.25);
  const change = (part: string) =>
    part.replace(/[^\x00-\x7F\uE000-\uE01F]+/gu, (run) =>
      lossy ? "?".repeat([...run].length) : misread(run),
    );
  return text
    .split(/(\uE000[\uE010-\uE01F]|\uE001)/)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join("");
}

export function garbleUnmarked(text: string, random: Random): string {
  return changeUnmarked(text, (part) => garble(part, random));
}

function misread(text: string): string {
  let result = "";
  for (const byte of Buffer.from(text, "utf8")) result += WINDOWS_1252[byte] ?? String.fromCharCode(byte);
  return result;
}

/** Writes a moment the way the system it came through wrote it. */
export function writeTime(
  when: number,
  batch: ImportBatch | null,
  channel: Channel | string,
  ticketNumber: number,
): string {
  const iso = new Date(when).toISOString();
  if (batch === "old_mail_desk") return ticketNumber % 3 === 0 ? String(when) : dayFirst(toDesk(when));
  if (batch === "old_chat") return toDesk(when).slice(0, 19).replace("T", " ");
  if (channel === "phone" && ticketNumber % 4 !== 0) return withOffset(when, isEuSummerTime(when) ? 2 : 1);
  if (channel === "social") return withOffset(when, 0);
  if (ticketNumber % 211 === 0) return toDesk(when).slice(0, 19);
  return channel === "web_form" ? iso : iso.replace(".000Z", "Z");
}

function toDesk(when: number): string {
  return new Date(when + (isEuSummerTime(when) ? 3_600_000 : 0)).toISOString();
}

function dayFirst(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)} ${iso.slice(11, 16)}`;
}

function withOffset(when: number, hours: number): string {
  const shifted = new Date(when + hours * 3_600_000).toISOString().slice(0, 19);
  return `${shifted}+0${hours}:00`;
}
