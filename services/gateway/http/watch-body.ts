import { IncomingMessage } from "node:http";

/**
 * Sees a piece of a body before the stream's reader does; null is its end.
 * @returns whether the piece goes on, to those who watched earlier and to the reader
 */
export type BodyWatcher = (chunk: Buffer | null) => boolean;

const WATCHERS = Symbol("watchers of the body");

interface Watched extends IncomingMessage {
  [WATCHERS]?: BodyWatcher[];
}

/**
 * Watches a body where the parser hands over its pieces: a listener on `data` would start the stream before its reader
 * is ready. One function serves all requests, since V8 keeps requests alive for long that have one of their own.
 */
export function watchBody(request: IncomingMessage, watcher: BodyWatcher): void {
  const watched = request as Watched;
  const known = watched[WATCHERS];
  if (known) known.push(watcher);
  else {
    watched[WATCHERS] = [watcher];
    watched.push = pushWatched;
  }
}

function pushWatched(this: Watched, chunk: Buffer | null, encoding?: BufferEncoding): boolean {
  const watchers = this[WATCHERS] ?? [];
  for (let index = watchers.length - 1; index >= 0; index--) if (!watchers[index]!(chunk)) return true;
  return IncomingMessage.prototype.push.call(this, chunk, encoding);
}
