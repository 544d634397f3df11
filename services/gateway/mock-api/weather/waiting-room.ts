import type { ServerResponse } from "node:http";

/** All rooms of a gateway together hold no more than this. */
export interface WaitingRoomLimit {
  readonly max: number;
  inside: number;
}

/**
 * Where answers are held back: bounded for one mock API and for the whole gateway, so that timeouts of many cost only
 * so much. Nobody stays once the connection is gone, and with it every timer.
 */
export class WaitingRoom {
  readonly #max: number;
  readonly #shared: WaitingRoomLimit;
  #inside = 0;

  constructor(max: number, shared: WaitingRoomLimit) {
    this.#max = max;
    this.#shared = shared;
  }

  get inside(): number {
    return this.#inside;
  }

  /** `full`: nobody waited. `gone`: the connection ended meanwhile. */
  wait(ms: number, response: ServerResponse): Promise<"waited" | "gone" | "full"> {
    if (response.destroyed) return Promise.resolve("gone");
    if (this.#inside >= this.#max || this.#shared.inside >= this.#shared.max) return Promise.resolve("full");
    this.#inside++;
    this.#shared.inside++;
    return new Promise((resolve) => {
      const leave = (how: "waited" | "gone") => {
        clearTimeout(timer);
        response.off("close", onClose);
        this.#inside--;
        this.#shared.inside--;
        resolve(how);
      };
      const onClose = () => leave("gone");
      const timer = setTimeout(() => leave("waited"), ms);
      response.once("close", onClose);
    });
  }
}
