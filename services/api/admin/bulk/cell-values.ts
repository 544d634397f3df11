/** `1.5`, `1,5`, `50%` or `+50 %` more time, as a factor; null when it is none of these. */
export function readFactor(value: string): number | null {
  const match = /^(\+)?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*(%)?$/.exec(value);
  if (!match) return null;
  const number = Number(match[2]!.replace(",", "."));
  const factor = match[3] ? 1 + number / 100 : match[1] ? null : number;
  return factor === null ? null : Math.round(factor * 100) / 100;
}

const ISO_DAY = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/;
/** As it is written from Lisbon to Helsinki. With slashes it would be another day in another country. */
const DOTTED_DAY = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s+(\d\d):(\d\d))?$/;
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * An instant, or a day in the time zone: its beginning, or the beginning of the next for an `end`. Null when the value
 * is neither.
 */
export function readInstant(value: string, timeZone: string, edge: "start" | "end"): Date | null {
  if (ISO_INSTANT.test(value)) {
    const instant = new Date(value);
    return Number.isNaN(instant.getTime()) ? null : instant;
  }
  const iso = ISO_DAY.exec(value);
  const dotted = iso ? null : DOTTED_DAY.exec(value);
  const parts = iso ?? (dotted && [dotted[0], dotted[3], dotted[2], dotted[1], dotted[4], dotted[5]]);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => part && Number(part));
  const hasTime = hour !== undefined;
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isDay = new Date(whole).getUTCDate() === day && new Date(whole).getUTCMonth() + 1 === month;
  if (!isDay || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) return null;
  const lastDay = !hasTime && edge === "end" ? 1 : 0;
  return atClock(
    Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day) + lastDay,
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
    ),
    timeZone,
  );
}

/** The instant at which clocks in the time zone show what UTC's would show at `shownMs`. */
function atClock(shownMs: number, timeZone: string): Date {
  const first = shownMs - offsetMs(shownMs, timeZone);
  return new Date(shownMs - offsetMs(first, timeZone));
}

let latest: { timeZone: string; clock: Intl.DateTimeFormat } | undefined;

/** Making one takes a hundred times as long as using it, and a table of 5000 rows has one time zone. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  if (latest?.timeZone === timeZone) return latest.clock;
  const clock = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  latest = { timeZone, clock };
  return clock;
}

/** How far clocks in the time zone are ahead of UTC's at an instant. */
function offsetMs(instantMs: number, timeZone: string): number {
  const shown = clockOf(timeZone).formatToParts(instantMs);
  const part = (type: string) => Number(shown.find((one) => one.type === type)!.value);
  const asUtc = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return asUtc - Math.floor(instantMs / 1000) * 1000;
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
