import { createCalendar, DAY, HOUR, MINUTE, OUTAGE, PERIOD_END } from "./calendar.ts";
import type { Random } from "./random.ts";

export type TicketKind =
  | "ordinary"
  | "outage"
  | "outage_after"
  | "duplicate"
  | "injection"
  | "spam"
  | "empty";

/** What each ticket will be and when it comes in, fixed before a word of it is written. */
export interface TicketPlan {
  readonly kind: TicketKind;
  readonly createdAt: number;
  readonly original?: TicketPlan;
  ticketId: string;
}

const SPAM_WAVE = { start: Date.UTC(2025, 9, 14, 3), end: Date.UTC(2025, 9, 17, 22) } as const;

/** Sorted by time and numbered. `injections` messages are spread over the whole period. */
export function planTickets(count: number, injections: number, random: Random): TicketPlan[] {
  const draw = createCalendar(random);
  const share = (part: number) => Math.max(1, Math.round(count * part));
  const plans: TicketPlan[] = [];
  const add = (kind: TicketKind, createdAt: number, original?: TicketPlan) => {
    const plan: TicketPlan = {
      kind,
      createdAt: Math.min(createdAt, PERIOD_END - MINUTE),
      original,
      ticketId: "",
    };
    plans.push(plan);
    return plan;
  };
  const within = (start: number, end: number) =>
    Math.round((start + (end - start) * random.next()) / 1000) * 1000;

  for (let index = 0; index < share(0.018); index++) {
    add(
      "outage",
      OUTAGE.start +
        Math.round(((OUTAGE.end - OUTAGE.start + 2 * HOUR) * random.next() ** 1.6) / 1000) * 1000,
    );
  }
  for (let index = 0; index < share(0.003); index++)
    add("outage_after", within(OUTAGE.end, OUTAGE.end + 4 * DAY));
  for (let index = 0; index < share(0.006); index++) add("spam", within(SPAM_WAVE.start, SPAM_WAVE.end));
  for (let index = 0; index < share(0.003); index++) add("spam", draw());
  for (let index = 0; index < share(0.004); index++) add("empty", draw());
  for (let index = 0; index < injections; index++) add("injection", draw());
  const duplicates = share(0.03);
  const ordinary: TicketPlan[] = [];
  while (plans.length < count - duplicates) ordinary.push(add("ordinary", draw()));
  for (const original of random.sample(ordinary, duplicates)) {
    add(
      "duplicate",
      original.createdAt + Math.round(random.logNormal(9 * HOUR, 1.3) / 1000 + 60) * 1000,
      original,
    );
  }
  plans.sort(
    (left, right) =>
      left.createdAt - right.createdAt || (left.original === right ? 1 : right.original === left ? -1 : 0),
  );
  let number = 100_000;
  for (const plan of plans) {
    number += random.chance(0.985) ? 1 : random.integer(2, 6);
    plan.ticketId = `T-${number}`;
  }
  return plans;
}
