import type { BoardView } from "../../shared/contracts/admin.ts";
import type { CandidateView } from "../../shared/contracts/candidate.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type Listener, listen } from "../../shared/db/listen.ts";
import type { Log } from "../../shared/observability/log.ts";
import { EventStream } from "./event-stream.ts";
import { LiveTopic } from "./live-topic.ts";

const MAX_STREAMS_PER_INVITATION = 8;
const MAX_BOARD_STREAMS = 100;

export interface LivePagesOptions {
  databaseUrl: string;
  loadCandidate: (invitationId: string) => Promise<CandidateView>;
  loadBoard: () => Promise<BoardView>;
  log: Log;
}

/** Everything live of this process, fed by one listening connection. */
export class LivePages {
  readonly #options: LivePagesOptions;
  readonly #candidates = new Map<string, LiveTopic>();
  readonly #board: LiveTopic;
  #listener: Listener | undefined;
  #closed = false;

  constructor(options: LivePagesOptions) {
    this.#options = options;
    this.#board = new LiveTopic({ event: "board", load: options.loadBoard, pauseMs: 1000, log: options.log });
  }

  async open(): Promise<void> {
    this.#listener = await listen(
      this.#options.databaseUrl,
      "attempt_changed",
      (invitationId) => {
        this.#candidates.get(invitationId)?.touch();
        this.#board.touch();
      },
      // What was said while the line was down is unknown: everything may have changed.
      () => this.#touchAll(),
    );
  }

  /** @throws PlatformError rate_limited when the invitation has too many streams open. */
  candidateStream(invitationId: string): EventStream {
    const topic =
      this.#candidates.get(invitationId) ??
      new LiveTopic({
        event: "state",
        load: () => this.#options.loadCandidate(invitationId),
        pauseMs: 100,
        log: this.#options.log,
      });
    if (topic.size >= MAX_STREAMS_PER_INVITATION)
      throw new PlatformError("rate_limited", "Too many pages of this invitation are open.");
    this.#candidates.set(invitationId, topic);
    const stream = this.#open(topic);
    stream.once("close", () => {
      if (topic.size === 0 && this.#candidates.get(invitationId) === topic)
        this.#candidates.delete(invitationId);
    });
    return stream;
  }

  /** @throws PlatformError rate_limited */
  boardStream(): EventStream {
    if (this.#board.size >= MAX_BOARD_STREAMS)
      throw new PlatformError("rate_limited", "Too many boards are open.");
    return this.#open(this.#board);
  }

  /** How many streams are open. */
  get size(): number {
    return [...this.#candidates.values()].reduce((sum, topic) => sum + topic.size, this.#board.size);
  }

  /** Ends all streams, so that their requests finish. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const topic of [...this.#candidates.values(), this.#board]) topic.close();
    await this.#listener?.close();
  }

  #open(topic: LiveTopic): EventStream {
    if (this.#closed) throw new PlatformError("unavailable");
    const stream = new EventStream();
    topic.add(stream);
    return stream;
  }

  #touchAll(): void {
    for (const topic of this.#candidates.values()) topic.touch();
    this.#board.touch();
  }
}
