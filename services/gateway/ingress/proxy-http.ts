import type { ClientRequest, IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import type { OpenEntry } from "../registry/sandbox-registry.ts";
import type { RawHeaders } from "./forwarded-headers.ts";
import { requestSandbox } from "./sandbox-request.ts";

export interface ProxiedExchange {
  request: IncomingMessage;
  response: ServerResponse;
  entry: OpenEntry;
  socketPath: string;
  /** Where the request goes on the IDE's server, and the headers it goes with. */
  path: string;
  headers: RawHeaders;
  /** For the head of the answer. */
  timeoutMs: number;
  mapResponseHeaders(raw: RawHeaders): RawHeaders;
  /** Called instead of passing on the answer when the IDE's proxy found no program on the app's port. */
  onNothingListening(): void;
  /** Called when the sandbox gives no usable answer and nothing has been sent yet. */
  onUnreachable(error: Error): void;
}

/** Passes one request to the sandbox and its answer back, as streams. Ends at once when the sandbox is closed. */
export function proxyHttp(exchange: ProxiedExchange): void {
  const { request, response, entry } = exchange;
  const upstream = requestSandbox({
    socketPath: exchange.socketPath,
    method: request.method ?? "GET",
    path: exchange.path,
    headers: frameBody(exchange),
  });
  const end = () => {
    upstream.destroy();
    response.destroy();
  };
  entry.connections.add(end);
  response.once("close", () => {
    entry.connections.delete(end);
    upstream.destroy();
  });
  const timer = setTimeout(() => upstream.destroy(new Error("no answer in time")), exchange.timeoutMs);
  let answered = false;
  const fail = (error: Error) => {
    clearTimeout(timer);
    request.unpipe(upstream);
    request.resume();
    if (answered) response.destroy();
    else if (!response.destroyed) exchange.onUnreachable(error);
    answered = true;
  };
  upstream.on("error", fail);
  // An unasked-for 101, or a connection that ends without an answer.
  upstream.on("close", () => {
    if (!answered) fail(new Error("the connection ended without an answer"));
  });
  upstream.on("response", (answer) => {
    clearTimeout(timer);
    answered = true;
    passAnswer(exchange, answer, (error) => {
      answered = false;
      fail(error);
      upstream.destroy();
    });
  });
  request.on("error", () => upstream.destroy());
  sendBody(request, upstream);
}

/** The body's framing is ours to say, or Node would send one without any for methods that rarely have one. */
function frameBody({ request, headers }: ProxiedExchange): RawHeaders {
  return request.headers["transfer-encoding"] === undefined
    ? headers
    : [...headers, "Transfer-Encoding", "chunked"];
}

function sendBody(request: IncomingMessage, upstream: ClientRequest): void {
  const hasBody = request.headers["transfer-encoding"] !== undefined || request.headers["content-length"];
  if (hasBody) request.pipe(upstream);
  else upstream.end();
}

function passAnswer(
  exchange: ProxiedExchange,
  answer: IncomingMessage,
  onUnusable: (error: Error) => void,
): void {
  if (answer.statusCode === 500 && answer.headers["content-type"] === undefined) {
    whenNothingListens(answer, (nothingListens) =>
      nothingListens ? exchange.onNothingListening() : stream(exchange, answer, onUnusable),
    );
  } else {
    stream(exchange, answer, onUnusable);
  }
}

function stream(
  { response, mapResponseHeaders }: ProxiedExchange,
  answer: IncomingMessage,
  onUnusable: (error: Error) => void,
): void {
  try {
    // Without the sandbox's reason phrase. Throws for a status or a value that HTTP does not allow.
    response.writeHead(answer.statusCode ?? 502, mapResponseHeaders(answer.rawHeaders));
  } catch (error) {
    answer.resume();
    onUnusable(error as Error);
    return;
  }
  // A stream of events may be silent for long; its head is due now.
  if (answer.headers["content-length"] === undefined) response.flushHeaders();
  pipeline(answer, response, () => {});
}

/** code-server's proxy has no other sign of it than this text. */
function whenNothingListens(answer: IncomingMessage, decide: (nothingListens: boolean) => void): void {
  const events = ["readable", "end", "close"] as const;
  const peek = () => {
    for (const event of events) answer.off(event, peek);
    const chunk: Buffer | null = answer.read();
    const nothingListens = chunk !== null && /^connect ECONNREFUSED /.test(chunk.toString("latin1"));
    if (nothingListens) answer.resume();
    else if (chunk !== null) answer.unshift(chunk);
    decide(nothingListens);
  };
  for (const event of events) answer.on(event, peek);
}
