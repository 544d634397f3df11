import { MINUTE } from "./calendar.ts";
import { withoutMarks } from "./pii.ts";
import type { AuthorType, Visibility } from "./tables.ts";
import type { Attachment, Message } from "./thread-parts.ts";

/** The messages of a thread so far and the moment it has reached; over once that is past the export. */
export class Transcript {
  readonly messages: Message[];
  readonly #exportedAt: number;
  now: number;
  over = false;

  constructor(firstMessage: Message, exportedAt: number) {
    this.messages = [firstMessage];
    this.now = firstMessage.at;
    this.#exportedAt = exportedAt;
  }

  /** Moves on to a moment (epoch milliseconds), or ends the thread if the export comes first. */
  reach(at: number): boolean {
    if (at > this.#exportedAt) {
      this.over = true;
      return false;
    }
    this.now = Math.round(at / 1000) * 1000;
    return true;
  }

  push(
    author: AuthorType,
    authorId: string | null,
    body: string,
    visibility: Visibility,
    attachments: readonly Attachment[] = [],
  ): void {
    this.messages.push({ author, authorId, at: this.now, body: withoutMarks(body), visibility, attachments });
  }

  /** A message from the bot or the system, `minutes` after the last one. */
  add(
    author: AuthorType,
    authorId: string | null,
    text: string,
    minutes: number,
    visibility: Visibility = "public",
  ): void {
    if (this.over || !this.reach(this.now + minutes * MINUTE)) return;
    this.push(author, authorId, text, visibility);
  }
}
