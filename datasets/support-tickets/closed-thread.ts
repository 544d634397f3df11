import { MINUTE, PERIOD_END } from "./calendar.ts";
import type { Random } from "./random.ts";
import type { Message, Thread } from "./thread-parts.ts";
import type { TicketPlan } from "./ticket-plan.ts";

/** The thread of a ticket that nobody answers (spam, merged duplicates, blanks), or null when one is due. */
export function closeUnanswered(plan: TicketPlan, firstMessage: Message, random: Random): Thread | null {
  const quiet = (note: string, minutes: number): Thread => ({
    messages: [
      firstMessage,
      {
        author: "system",
        authorId: null,
        at: Math.min(plan.createdAt + minutes * MINUTE, PERIOD_END),
        body: note,
        visibility: "internal",
        attachments: [],
      },
    ],
    firstResponseAt: null,
    solvedAt: Math.min(plan.createdAt + minutes * MINUTE, PERIOD_END),
    reopenedCount: 0,
    escalated: false,
    waitingFor: "nobody",
  });
  if (plan.kind === "spam")
    return quiet(
      random.pick(["Marked as spam.", "Closed as spam (rule 7)", "spam → closed"]),
      random.integer(1, 900),
    );
  if (plan.kind === "duplicate" && random.chance(0.62))
    return quiet(
      random.pick([
        `Merged into ${plan.original!.ticketId}`,
        `Closed as duplicate of ${plan.original!.ticketId}.`,
        `merged -> #${plan.original!.ticketId.slice(2)}`,
      ]),
      random.integer(4, 1400),
    );
  if (plan.kind === "empty" && random.chance(0.5))
    return quiet("Empty message, no contact possible. Closed.", random.integer(30, 2000));
  return null;
}
