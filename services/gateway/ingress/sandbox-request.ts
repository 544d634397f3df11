import { type ClientRequest, request } from "node:http";
import type { Socket } from "node:net";
import { connectUntrustedSocket } from "../../shared/sandbox/untrusted-socket.ts";
import type { RawHeaders } from "./forwarded-headers.ts";

/** Answers of a sandbox with larger heads are refused. */
const MAX_HEADER_BYTES = 32 * 1024;

export interface SandboxRequest {
  socketPath: string;
  method: string;
  path: string;
  headers: RawHeaders;
}

/**
 * A request to the server behind a sandbox's `ide.sock`. Errors, those of connecting too, come as `error` events.
 *
 * Each request has a connection of its own: on a Unix socket that costs little, and an answer can then never be
 * taken for the answer to another one's request, whatever the sandbox sends.
 */
export function requestSandbox({ socketPath, method, path, headers }: SandboxRequest): ClientRequest {
  return request({
    method,
    path,
    headers: [...headers],
    setHost: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Only asked when no agent is named, `agent: false` included.
    createConnection: (_options, callback): Socket | null => {
      try {
        return connectUntrustedSocket(socketPath);
      } catch (error) {
        process.nextTick(callback, error as Error);
        return null;
      }
    },
  });
}
