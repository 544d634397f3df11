import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { EventStream } from "./event-stream.ts";

export interface LiveTopicOptions {
  /** Name of the event. */
  event: string;
  /** The state to show now. A PlatformError ends all streams with a `problem` event. */
  load: () => Promise<{ now: string }>;
  /** At most one load in this time. */
  pauseMs: number;
  log: Log;
}

/** One live view and its readers: loads once for all of them, as often as things change but no oftener than set. */
export class LiveTopic {
  readonly #options: LiveTopicOptions;
  readonly #streams = new Set<EventStream>();
  /** Those that have not had a state yet. */
  readonly #fresh = new Set<EventStream>();
  #lastSent = "";
  #dirty = false;
  #working = false;

  constructor(options: LiveTopicOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#streams.size;
  }

  /** Sends the state at once and at each change, until the stream closes. */
  add(stream: EventStream): void {
    this.#streams.add(stream);
    this.#fresh.add(stream);
    stream.once("close", () => {
      this.#streams.delete(stream);
      this.#fresh.delete(stream);
    });
    this.touch();
  }

  /** Something may have changed. */
  touch(): void {
    this.#dirty = true;
    if (!this.#working) void this.#work();
  }

  close(): void {
    for (const stream of this.#streams) stream.finish();
  }

  async #work(): Promise<void> {
    this.#working = true;
    while (this.#dirty && this.#streams.size > 0) {
      this.#dirty = false;
      await this.#update();
      await new Promise((resolve) => setTimeout(resolve, this.#options.pauseMs));
    }
    this.#working = false;
  }

  async #update(): Promise<void> {
    try {
      const view = await this.#options.load();
      this.#send(view);
    } catch (error) {
      if (error instanceof PlatformError) return this.#endWith(error);
      // Readers keep what they have; the next turn tries again.
      this.#options.log.warn({ err: error, event: this.#options.event }, "a live view could not be loaded");
      this.#dirty = true;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  #send(view: { now: string }): void {
    const { now: _, ...rest } = view;
    const state = JSON.stringify(rest);
    const json = JSON.stringify(view);
    const changed = state !== this.#lastSent;
    this.#lastSent = state;
    for (const stream of changed ? this.#streams : this.#fresh) stream.sendEvent(this.#options.event, json);
    this.#fresh.clear();
  }

  #endWith(error: PlatformError): void {
    for (const stream of this.#streams) {
      stream.sendEvent("problem", JSON.stringify(error.toProblem()));
      stream.finish();
    }
  }
}
