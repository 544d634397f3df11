import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { connect, type Socket } from "node:net";

/** Linux's O_PATH: names a file without opening it. Node does not export it. */
const O_PATH = 0o10000000;

/**
 * Connects to a Unix socket in a directory that a sandbox can write to.
 *
 * A sandbox may replace its socket by a symlink to a socket of the host; `connect(2)` would follow it. Here the
 * last component is opened without following, checked to be a socket, and connected through `/proc/self/fd`, so
 * what was checked is what is connected to.
 *
 * @param path absolute; all directories above the last component must be the host's own.
 * @throws NotASocketError, or the error of open(2) (ENOENT while the sandbox starts)
 */
export function connectUntrustedSocket(path: string): Socket {
  const handle = openSync(path, O_PATH | constants.O_NOFOLLOW);
  try {
    if (!fstatSync(handle).isSocket()) throw new NotASocketError(path);
    const socket = connect(`/proc/self/fd/${handle}`);
    // connect() resolves the path on this tick's pipe connect; the descriptor is needed until it has.
    const release = once(() => closeSync(handle));
    socket.once("connect", release);
    socket.once("close", release);
    return socket;
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

export class NotASocketError extends Error {
  readonly code = "ENOTSOCK";
  constructor(path: string) {
    super(`${path} is not a socket`);
    this.name = "NotASocketError";
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
