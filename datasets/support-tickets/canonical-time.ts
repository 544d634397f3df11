/** Timestamps without a zone are in the desk's local time: Dublin, which keeps EU summer time. */
const MILLISECONDS_PER_HOUR = 3_600_000;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;
const DAY_FIRST = /^(\d{2})\/(\d{2})\/(\d{4})(?: (\d{2}):(\d{2})(?::(\d{2}))?)?$/;
const DATE_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/;
const EPOCH_MILLISECONDS = /^\d{12,13}$/;

/**
 * Converts any way a timestamp is written in the dataset to UTC ISO 8601 with milliseconds.
 *
 * Understood: ISO with `Z` or an offset; ISO without a zone and `dd/mm/yyyy hh:mm[:ss]` (both desk
 * local time, Dublin); epoch milliseconds as digits; a bare date (midnight UTC). Anything else,
 * the empty string and null give null.
 */
export function canonicalTime(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  const milliseconds = parseTime(text);
  return milliseconds === null || Number.isNaN(milliseconds) ? null : new Date(milliseconds).toISOString();
}

function parseTime(text: string): number | null {
  if (EPOCH_MILLISECONDS.test(text)) return Number(text);
  const date = DATE_ONLY.exec(text);
  if (date) return wallClock(date[1], date[2], date[3]);
  const iso = ISO.exec(text);
  if (iso) {
    const wall = wallClock(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]);
    return iso[8] === undefined ? fromDeskTime(wall) : wall - offsetMilliseconds(iso[8]);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) {
    const [, day, month, year, hour, minute, second] = dayFirst;
    return fromDeskTime(wallClock(year, month, day, hour, minute, second));
  }
  return null;
}

/** Milliseconds of the fields read as UTC, or NaN when they are not a real date and time. */
function wallClock(
  year = "",
  month = "",
  day = "",
  hour: string | undefined = "0",
  minute: string | undefined = "0",
  second: string | undefined = "0",
  fraction: string | undefined = "0",
): number {
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return Number.NaN;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  const time = Date.UTC(+year, +month - 1, +day, +hour, +minute, +second, milliseconds);
  return new Date(time).getUTCDate() === Number(day) ? time : Number.NaN;
}

function offsetMilliseconds(zone: string): number {
  if (zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}

function fromDeskTime(wall: number): number {
  const summer = wall - MILLISECONDS_PER_HOUR;
  return isEuSummerTime(summer) ? summer : wall;
}

/** EU summer time runs from 01:00 UTC on March's last Sunday to 01:00 UTC on October's. */
export function isEuSummerTime(time: number): boolean {
  const year = new Date(time).getUTCFullYear();
  return time >= lastSunday(year, 2) && time < lastSunday(year, 9);
}

function lastSunday(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0, 1));
  return lastDay.getTime() - lastDay.getUTCDay() * 24 * MILLISECONDS_PER_HOUR;
}
