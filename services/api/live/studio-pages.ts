import { PlatformError } from "../../shared/contracts/problem.ts";
import { type Listener, listen } from "../../shared/db/listen.ts";
import type { Log } from "../../shared/observability/log.ts";
import { EventStream } from "./event-stream.ts";
import { LiveTopic } from "./live-topic.ts";

const MAX_STREAMS = 200;

/** Something of the studio that pages follow. */
export interface StudioView {
  /** Names the view: everybody who asks for the same shares one. */
  key: string;
  /** Name of its events. */
  event: string;
  /** Whether a row that changed belongs to it; `id` is what the table's trigger names. */
  watches: (table: string, id: string) => boolean;
  /** The state to show now. A PlatformError ends the streams with a `problem` event. */
  load: () => Promise<{ now: string }>;
}

/** Live views of the studio's rows, fed by one listening connection. */
export class StudioPages {
  readonly #databaseUrl: string;
  readonly #log: Log;
  readonly #topics = new Map<string, { view: StudioView; topic: LiveTopic }>();
  #listener: Listener | undefined;
  #closed = false;

  constructor(databaseUrl: string, log: Log) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
  }

  async open(): Promise<void> {
    this.#listener = await listen(
      this.#databaseUrl,
      "studio_changed",
      (change) => {
        const [table = "", id = ""] = change.split(" ");
        for (const { view, topic } of this.#topics.values()) if (view.watches(table, id)) topic.touch();
      },
      // What was said while the line was down is unknown: everything may have changed.
      () => {
        for (const { topic } of this.#topics.values()) topic.touch();
      },
    );
  }

  /** Sends the view now and at each change. @throws PlatformError rate_limited when too many pages are open */
  stream(view: StudioView): EventStream {
    if (this.#closed) throw new PlatformError("unavailable");
    if (this.size >= MAX_STREAMS)
      throw new PlatformError("rate_limited", "Too many pages of the studio are open.");
    const entry = this.#topics.get(view.key) ?? {
      view,
      topic: new LiveTopic({ event: view.event, load: view.load, pauseMs: 200, log: this.#log }),
    };
    this.#topics.set(view.key, entry);
    const stream = new EventStream();
    entry.topic.add(stream);
    stream.once("close", () => {
      if (entry.topic.size === 0 && this.#topics.get(view.key) === entry) this.#topics.delete(view.key);
    });
    return stream;
  }

  /** How many streams are open. */
  get size(): number {
    return [...this.#topics.values()].reduce((sum, { topic }) => sum + topic.size, 0);
  }

  /** Ends all streams, so that their requests finish. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { topic } of this.#topics.values()) topic.close();
    await this.#listener?.close();
  }
}
