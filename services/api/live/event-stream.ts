import { Readable } from "node:stream";

/** A reader that takes nothing for this long is given up. */
const STALL_MS = 30_000;
const HEARTBEAT_MS = 15_000;

/**
 * One browser's server-sent events. Events are states, not changes, so a slow reader gets the latest only and
 * never makes a queue grow.
 */
export class EventStream extends Readable {
  #pending: string | null = null;
  #hasRoom = false;
  #blockedSince: number | null = null;
  readonly #timer: NodeJS.Timeout;
  readonly #lifetime: NodeJS.Timeout;

  /** @param lifetimeMs after which it ends: the browser reconnects, and is asked anew who it is. */
  constructor(lifetimeMs = 10 * 60_000, heartbeatMs = HEARTBEAT_MS) {
    super({ highWaterMark: 16 * 1024 });
    this.#timer = setInterval(() => this.#beat(), heartbeatMs);
    this.#lifetime = setTimeout(() => this.finish(), lifetimeMs);
    this.push("retry: 2000\n\n");
  }

  /** @param json one line. */
  sendEvent(event: string, json: string): void {
    this.#pending = `event: ${event}\ndata: ${json}\n\n`;
    this.#flush();
  }

  /** Ends after what is pending was taken. */
  finish(): void {
    this.#stop();
    if (this.#pending !== null) this.push(this.#pending);
    this.#pending = null;
    if (!this.readableEnded && !this.destroyed) this.push(null);
  }

  override _read(): void {
    this.#hasRoom = true;
    this.#blockedSince = null;
    this.#flush();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stop();
    done(error);
  }

  #flush(): void {
    if (this.#pending === null || this.destroyed) return;
    if (!this.#hasRoom) {
      this.#blockedSince ??= Date.now();
      return;
    }
    const frame = this.#pending;
    this.#pending = null;
    this.#hasRoom = this.push(frame);
  }

  #beat(): void {
    if (this.#blockedSince !== null && Date.now() - this.#blockedSince > STALL_MS) this.destroy();
    else if (this.#hasRoom) this.#hasRoom = this.push(": alive\n\n");
  }

  #stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#lifetime);
  }
}
