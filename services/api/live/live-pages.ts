import type { BoardQuery, BoardView } from "../../shared/contracts/admin.ts";
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
  loadBoard: (query: BoardQuery) => Promise<BoardView>;
  log: Log;
}

/** Everything live of this process, fed by one listening connection. */
export class LivePages {
  readonly #options: LivePagesOptions;
  readonly #candidates = new Map<string, LiveTopic>();
  /** By what they show: everyone who looks at the same page of the board shares one topic. */
  readonly #boards = new Map<string, LiveTopic>();
  #listener: Listener | undefined;
  #closed = false;

  constructor(options: LivePagesOptions) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#listener = await listen(
      this.#options.databaseUrl,
      "attempt_changed",
      (invitationId) => {
        this.#candidates.get(invitationId)?.touch();
        for (const topic of this.#boards.values()) topic.touch();
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
    return this.#follow(this.#candidates, invitationId, topic);
  }

  /** @throws PlatformError rate_limited */
  boardStream(query: BoardQuery): EventStream {
    if (sizeOf(this.#boards) >= MAX_BOARD_STREAMS)
      throw new PlatformError("rate_limited", "Too many boards are open.");
    const key = JSON.stringify([query.assessmentId, query.group, query.search, query.page]);
    const topic =
      this.#boards.get(key) ??
      new LiveTopic({
        event: "board",
        load: () => this.#options.loadBoard(query),
        pauseMs: 1000,
        log: this.#options.log,
      });
    return this.#follow(this.#boards, key, topic);
  }

  /** Opens a stream of the topic, which is kept under its key for as long as somebody reads it. */
  #follow(topics: Map<string, LiveTopic>, key: string, topic: LiveTopic): EventStream {
    topics.set(key, topic);
    const stream = this.#open(topic);
    stream.once("close", () => {
      if (topic.size === 0 && topics.get(key) === topic) topics.delete(key);
    });
    return stream;
  }

  /** How many streams are open. */
  get size(): number {
    return sizeOf(this.#candidates) + sizeOf(this.#boards);
  }

  /** Ends all streams, so that their requests finish. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const topic of [...this.#candidates.values(), ...this.#boards.values()]) topic.close();
    await this.#listener?.close();
  }

  #open(topic: LiveTopic): EventStream {
    if (this.#closed) throw new PlatformError("unavailable");
    const stream = new EventStream();
    topic.add(stream);
    return stream;
  }

  #touchAll(): void {
    for (const topic of [...this.#candidates.values(), ...this.#boards.values()]) topic.touch();
  }
}

const sizeOf = (topics: Map<string, LiveTopic>) =>
  [...topics.values()].reduce((sum, topic) => sum + topic.size, 0);
