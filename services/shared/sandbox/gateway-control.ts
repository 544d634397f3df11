import { request } from "node:http";
import { z } from "zod";
import { AttemptKind } from "../contracts/common.ts";
import { connectUntrustedSocket } from "./untrusted-socket.ts";

/** What the worker tells the gateway of its host, over the control socket. */
export const OpenSandbox = z.object({
  sandboxId: z.uuid(),
  attemptId: z.uuid(),
  epoch: z.int().min(1),
  kind: AttemptKind,
});
export type OpenSandbox = z.infer<typeof OpenSandbox>;

/**
 * Client of the gateway's control socket.
 *
 * - `PUT /sandboxes/:id` makes `gateway.sock` and lets browsers in; repeating it is harmless; an older epoch of
 *   the attempt is closed.
 * - `DELETE /sandboxes/:id` closes it: open connections end, later ones are told the workspace is closed.
 */
export class GatewayControl {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  open(sandbox: OpenSandbox): Promise<void> {
    return this.#send("PUT", sandbox.sandboxId, sandbox);
  }

  close(sandboxId: string): Promise<void> {
    return this.#send("DELETE", sandboxId);
  }

  #send(method: string, sandboxId: string, body?: unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      // Throws when the socket is not there, which rejects.
      const call = request(
        {
          // By descriptor rather than by path: an address holds only 107 bytes and data directories can be deep.
          createConnection: () => connectUntrustedSocket(this.#socketPath),
          host: "gateway",
          method,
          path: `/sandboxes/${sandboxId}`,
          headers: { "content-type": "application/json" },
          timeout: 10_000,
        },
        (response) => {
          response.resume();
          response.on("end", () =>
            response.statusCode === 204
              ? resolve()
              : reject(new Error(`the gateway answered ${response.statusCode} to ${method} ${sandboxId}`)),
          );
        },
      );
      call.on("timeout", () => call.destroy(new Error("the gateway did not answer within 10 s")));
      call.on("error", reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
