import type { Random } from "./random.ts";

export const PERIOD_START = Date.UTC(2025, 2, 1);
export const PERIOD_END = Date.UTC(2026, 8, 1);
export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** Log-ins and card payments failed from 08:40 to 15:10 UTC on this Tuesday. */
export const OUTAGE = { start: Date.UTC(2026, 1, 17, 8, 40), end: Date.UTC(2026, 1, 17, 15, 10) } as const;

const WEEKDAYS = [0.5, 1.28, 1.16, 1.1, 1.06, 1.02, 0.62];
const HOURS = [
  0.25, 0.14, 0.1, 0.08, 0.1, 0.25, 0.6, 1.1, 1.7, 2, 2.05, 1.95, 1.8, 1.75, 1.7, 1.65, 1.6, 1.65, 1.6, 1.45,
  1.3, 1.1, 0.75, 0.45,
];
const HOLIDAYS = new Set([
  "12-24",
  "12-25",
  "12-26",
  "12-31",
  "01-01",
  "05-01",
  "2025-04-18",
  "2025-04-21",
  "2026-04-03",
  "2026-04-06",
]);

/** Relative number of tickets on a day: growth, week, season, holidays, sales and salary days. */
function dayWeight(day: number): number {
  const date = new Date(day);
  const iso = date.toISOString().slice(0, 10);
  let weight =
    WEEKDAYS[date.getUTCDay()]! * (1 + (0.75 * (day - PERIOD_START)) / (PERIOD_END - PERIOD_START));
  const [month, dayOfMonth] = [date.getUTCMonth(), date.getUTCDate()];
  if (month === 6 || month === 7) weight *= 1.1;
  if (month === 11) weight *= dayOfMonth < 22 ? 1.18 : 0.8;
  if (month === 0 && dayOfMonth < 16) weight *= 1.22;
  if (dayOfMonth <= 3 || dayOfMonth >= 28) weight *= 1.14;
  if (HOLIDAYS.has(iso) || HOLIDAYS.has(iso.slice(5))) weight *= 0.42;
  if (iso === "2025-11-28" || iso === "2025-12-01") weight *= 1.9;
  if (iso === "2026-02-18") weight *= 1.7;
  return weight;
}

/** Draws moments of the 18 months by the rhythm of the desk. */
export function createCalendar(random: Random): () => number {
  const days: [number, number][] = [];
  for (let day = PERIOD_START; day < PERIOD_END; day += DAY) days.push([day, dayWeight(day)]);
  const cumulative: number[] = [];
  let total = 0;
  for (const [, weight] of days) {
    total += weight;
    cumulative.push(total);
  }
  const hours = HOURS.map((weight, hour) => [hour, weight] as const);
  return () => {
    const target = random.next() * total;
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return days[low]![0] + random.weighted(hours) * HOUR + random.integer(0, 3599) * 1000;
  };
}

/** A category's share changes over the year: travel in summer, disputes after the sales, loans in January. */
export function seasonOf(category: string, when: number): number {
  const month = new Date(when).getUTCMonth();
  if (category === "fx_travel") return month >= 5 && month <= 8 ? 1.9 : month === 11 ? 1.2 : 0.8;
  if (category === "dispute") return month === 11 || month === 0 ? 1.55 : 1;
  if (category === "loan") return month === 0 || month === 8 ? 1.5 : 1;
  if (category === "card_delivery") return month === 11 ? 1.5 : 1;
  if (category === "savings_pot") return month <= 1 ? 1.3 : 1;
  return 1;
}

/** Moves a moment outside the desk's hours (07:00 to 22:00 UTC, shorter at weekends) to the next opening. */
export function nextDeskMoment(when: number, random: Random): number {
  const date = new Date(when);
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  const [opens, closes] = weekend ? [8, 18] : [7, 22];
  const hour = date.getUTCHours();
  if (hour >= opens && hour < closes) return when;
  const midnight = when - (when % DAY) + (hour >= closes ? DAY : 0);
  return midnight + opens * HOUR + random.integer(0, 150) * MINUTE + random.integer(0, 59) * 1000;
}
