import type { Composer } from "./compose.ts";
import type { Random } from "./random.ts";
import type { ServiceLevel } from "./service-levels.ts";
import type { Agent } from "./staff.ts";
import type { AuthorType, Visibility } from "./tables.ts";

export interface Attachment {
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
}

export interface Message {
  readonly author: AuthorType;
  readonly authorId: string | null;
  readonly at: number;
  readonly body: string;
  readonly visibility: Visibility;
  readonly attachments: readonly Attachment[];
}

export interface ThreadInput {
  readonly composer: Composer;
  readonly customerId: string | null;
  readonly agent: Agent;
  readonly colleague: Agent;
  readonly cause: string;
  readonly answer: string;
  readonly createdAt: number;
  readonly exportedAt: number;
  readonly serviceLevel: ServiceLevel;
  readonly firstMessage: Message;
  readonly overloaded: boolean;
  /** Nothing to discuss: the message was empty or meant for a machine. */
  readonly plain?: boolean;
}

export interface Thread {
  readonly messages: Message[];
  readonly firstResponseAt: number | null;
  readonly solvedAt: number | null;
  readonly reopenedCount: number;
  readonly escalated: boolean;
  readonly waitingFor: "customer" | "agent" | "nobody";
}

export function inventAttachment(random: Random): Attachment {
  const [filename, type, low, high] = random.pick([
    [`IMG_${random.integer(1000, 9999)}.jpg`, "image/jpeg", 600_000, 4_200_000],
    [`IMG_${random.integer(1000, 9999)}.HEIC`, "image/heic", 900_000, 3_000_000],
    [
      `Screenshot_2025${random.integer(10, 12)}${random.integer(10, 28)}-${random.integer(100_000, 235_959)}.png`,
      "image/png",
      80_000,
      900_000,
    ],
    [`scan${random.integer(1, 90)}.pdf`, "application/pdf", 90_000, 2_500_000],
    [`receipt-${random.integer(100, 9999)}.pdf`, "application/pdf", 20_000, 300_000],
    ["Order confirmation.pdf", "application/pdf", 40_000, 300_000],
    [`WhatsApp Image ${random.integer(1, 28)}.jpeg`, "image/jpeg", 60_000, 400_000],
    ["statement.csv", "text/csv", 2_000, 40_000],
  ] as const);
  return { filename, content_type: type, size: random.integer(low, high) };
}
