const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;
const SLASHED = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const EPOCH = /^\d{9,10}$|^\d{12,13}$/;

/**
 * Reads times in the notations exports usually have: ISO 8601 with or without a zone, day and month with slashes or
 * dots, epoch seconds and milliseconds. A bare ISO date is midnight UTC; other times without a zone are local time
 * in `timeZone`.
 */
export class TimeReader {
  readonly #zone: Intl.DateTimeFormat | null;
  readonly #dayFirst: boolean;
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError when the IANA zone is not known. */
  constructor(timeZone: string, dateOrder: "day-first" | "month-first" = "day-first") {
    this.#dayFirst = dateOrder === "day-first";
    this.#zone = timeZone === "UTC" ? null : new Intl.DateTimeFormat("en-US", zoneOptions(timeZone));
  }

  /** UTC ISO 8601 with milliseconds, or null when the text is no time. */
  read(value: string | number | null | undefined): string | null {
    if (value === null || value === undefined) return null;
    const text = String(value).trim();
    const time = this.#parse(text);
    return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : null;
  }

  #parse(text: string): number {
    if (EPOCH.test(text)) return text.length <= 10 ? Number(text) * 1000 : Number(text);
    const iso = ISO.exec(text);
    if (iso) {
      const [, year, month, day, hour, minute, second, fraction, zone] = iso;
      const wall = wallClock(year, month, day, hour, minute, second, fraction);
      if (zone) return wall - offsetOf(zone);
      return hour === undefined ? wall : this.#fromLocal(wall);
    }
    const slashed = SLASHED.exec(text);
    if (!slashed) return Number.NaN;
    const [, first, second, year, hour, minute, seconds] = slashed;
    const [day, month] = this.#dayFirst ? [first, second] : [second, first];
    return this.#fromLocal(wallClock(year, month, day, hour, minute, seconds));
  }

  /** Of two readings (clocks set back) the earlier counts; one that never was (set forward) keeps the old offset. */
  #fromLocal(wall: number): number {
    if (!this.#zone || Number.isNaN(wall)) return wall;
    const before = this.#offset(wall - DAY);
    const after = this.#offset(wall + DAY);
    for (const offset of before >= after ? [before, after] : [after, before])
      if (this.#offset(wall - offset) === offset) return wall - offset;
    return wall - before;
  }

  /** Zones change their offset at quarter hours at most, so one look-up serves all times of a quarter. */
  #offset(time: number): number {
    const quarter = Math.floor(time / (HOUR / 4));
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const parts = Object.fromEntries(this.#zone!.formatToParts(time).map((part) => [part.type, part.value]));
    const { year, month, day, hour, minute, second } = parts;
    const local = wallClock(year, month, day, hour, minute, second);
    const offset = local - Math.floor(time / 1000) * 1000;
    if (this.#offsets.size > 100_000) this.#offsets.clear();
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

function zoneOptions(timeZone: string): Intl.DateTimeFormatOptions {
  const digits = "2-digit";
  return {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
  };
}

/** Milliseconds of the fields read as UTC, or NaN when they are no real date and time. */
function wallClock(
  year = "",
  month = "",
  day = "",
  hour = "0",
  minute = "0",
  second = "0",
  fraction = "0",
): number {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  const time = Date.UTC(
    +year,
    +month - 1,
    +day,
    +hour,
    +minute,
    +second,
    +fraction.padEnd(3, "0").slice(0, 3),
  );
  const date = new Date(time);
  return date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1 ? time : Number.NaN;
}

function offsetOf(zone: string): number {
  if (zone.toUpperCase() === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}
