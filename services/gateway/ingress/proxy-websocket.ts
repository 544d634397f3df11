import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { sendProblemOnSocket } from "../http/problem-response.ts";
import type { OpenEntry } from "../registry/sandbox-registry.ts";
import type { RawHeaders } from "./forwarded-headers.ts";
import { requestSandbox } from "./sandbox-request.ts";

const HANDSHAKE_TIMEOUT_MS = 20_000;

export interface ProxiedWebSocket {
  request: IncomingMessage;
  /** The browser's connection, and what it sent already after the handshake. */
  socket: Duplex;
  head: Buffer;
  entry: OpenEntry;
  socketPath: string;
  path: string;
  headers: RawHeaders;
  mapResponseHeaders(raw: RawHeaders): RawHeaders;
  onOpen(): void;
  /** After `onOpen` only. */
  onClose(): void;
}

/** Joins a browser's WebSocket with one of the sandbox. Ends at once when the sandbox is closed. */
export function proxyWebSocket(exchange: ProxiedWebSocket): void {
  const { socket, entry } = exchange;
  const upstream = requestSandbox({
    socketPath: exchange.socketPath,
    method: "GET",
    path: exchange.path,
    headers: [...exchange.headers, "Connection", "Upgrade", "Upgrade", "websocket"],
  });
  let joined = false;
  const end = () => {
    upstream.destroy();
    socket.destroy();
  };
  entry.connections.add(end);
  socket.once("close", () => {
    entry.connections.delete(end);
    upstream.destroy();
  });
  const refuse = () => {
    clearTimeout(timer);
    if (!joined) sendProblemOnSocket(socket, "sandbox_unreachable");
  };
  const timer = setTimeout(() => upstream.destroy(), HANDSHAKE_TIMEOUT_MS);
  upstream.on("error", refuse);
  upstream.on("close", refuse);
  upstream.on("response", (answer) => {
    clearTimeout(timer);
    joined = true;
    answer.resume();
    sendHead(socket, answer.statusCode ?? 502, ["Connection", "close", "Content-Length", "0"]);
    socket.end();
  });
  upstream.on("upgrade", (answer, sandboxSocket: Socket, sandboxHead: Buffer) => {
    clearTimeout(timer);
    joined = true;
    join(exchange, answer, sandboxSocket, sandboxHead);
  });
  upstream.end();
}

function join(exchange: ProxiedWebSocket, answer: IncomingMessage, inside: Socket, insideHead: Buffer): void {
  const { socket: outside, entry } = exchange;
  const headers = exchange.mapResponseHeaders(answer.rawHeaders);
  const end = () => {
    inside.destroy();
    outside.destroy();
  };
  entry.connections.add(end);
  inside.on("error", end);
  // What the sandbox said last, a close frame say, still goes out.
  inside.once("close", () => (outside as Socket).destroySoon());
  outside.on("error", end);
  exchange.onOpen();
  outside.once("close", () => {
    entry.connections.delete(end);
    inside.destroy();
    exchange.onClose();
  });
  keepOpen(outside as Socket);
  sendHead(outside, 101, [...headers, "Connection", "Upgrade", "Upgrade", "websocket"]);
  if (insideHead.length > 0) outside.write(insideHead);
  if (exchange.head.length > 0) inside.write(exchange.head);
  inside.pipe(outside);
  outside.pipe(inside);
  if (outside.destroyed) end();
}

function keepOpen(socket: Socket): void {
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
}

/** Header values come out of Node's parser, which lets no line break through. */
function sendHead(socket: Duplex, status: number, headers: RawHeaders): void {
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Unknown"}`];
  for (let index = 0; index + 1 < headers.length; index += 2)
    lines.push(`${headers[index]}: ${headers[index + 1]}`);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
