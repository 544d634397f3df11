/** What a request may say about the limit it counts against. */
export interface RateDecision {
  allowed: boolean;
  headers: Record<string, string>;
}

/**
 * Token bucket of one attempt and one host: `burst` requests at once, `requestsPerMinute` in the long run.
 * `RateLimit-Reset` is the seconds until the bucket is full again.
 */
export class RateLimiter {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(limit: { requestsPerMinute: number; burst: number }, nowMs: number) {
    this.#perSecond = limit.requestsPerMinute / 60;
    this.#burst = limit.burst;
    this.#tokens = limit.burst;
    this.#at = nowMs;
  }

  /** @param nowMs a clock in milliseconds that only moves forward */
  take(nowMs: number): RateDecision {
    const elapsed = Math.max(0, nowMs - this.#at) / 1000;
    this.#at = Math.max(this.#at, nowMs);
    this.#tokens = Math.min(this.#burst, this.#tokens + elapsed * this.#perSecond);
    const allowed = this.#tokens >= 1;
    if (allowed) this.#tokens -= 1;
    const headers: Record<string, string> = {
      "ratelimit-limit": String(this.#burst),
      "ratelimit-remaining": String(Math.floor(this.#tokens)),
      "ratelimit-reset": String(Math.ceil((this.#burst - this.#tokens) / this.#perSecond)),
    };
    if (!allowed)
      headers["retry-after"] = String(Math.max(1, Math.ceil((1 - this.#tokens) / this.#perSecond)));
    return { allowed, headers };
  }
}
