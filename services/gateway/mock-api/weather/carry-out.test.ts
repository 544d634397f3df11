import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { carryOut } from "./carry-out.ts";
import type { Effect } from "./plan-effect.ts";
import { WaitingRoom } from "./waiting-room.ts";

const room = new WaitingRoom(10, { max: 10, inside: 0 });

/** One exchange whose answer is `effect`; the client's socket reads nothing until it is told to. */
async function meet(
  effect: Effect,
): Promise<{ socket: Socket; response: ServerResponse; done: Promise<boolean> }> {
  let begin: (exchange: [IncomingMessage, ServerResponse]) => void;
  const arrived = new Promise<[IncomingMessage, ServerResponse]>((resolve) => {
    begin = resolve;
  });
  const server = createServer((...exchange) => begin(exchange));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.pause();
  socket.on("error", () => {});
  socket.write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  const [, response] = await arrived;
  return { socket, response, done: carryOut(effect, response, true, room) };
}

async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const answerOf = (body: string) => ({ status: 200, headers: {}, type: "application/json", body });

test("a reader that stands still is waited for, nothing piles up, and in the end everything has arrived", async () => {
  const body = "x".repeat(40_000_000);
  const effect: Effect = { do: "trickle", answer: answerOf(body), bytesPerSec: 1_000_000_000, atMostSec: 60 };
  const { socket, response, done } = await meet(effect);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(response.writableFinished).toBe(false);
  expect(room.inside).toBe(0);
  const received = await readAll(socket);
  expect(received.endsWith(body)).toBe(true);
  expect(await done).toBe(false);
});

test("a reader that leaves ends it at once", async () => {
  const effect: Effect = {
    do: "trickle",
    answer: answerOf("x".repeat(4000)),
    bytesPerSec: 100,
    atMostSec: 60,
  };
  const { socket, done } = await meet(effect);
  await vi.waitFor(() => expect(room.inside).toBe(1));
  socket.destroy();
  expect(await done).toBe(false);
  expect(room.inside).toBe(0);
});

test("takes no longer than it may, however long the answer", async () => {
  const effect: Effect = {
    do: "trickle",
    answer: answerOf("x".repeat(100_000)),
    bytesPerSec: 16,
    atMostSec: 1,
  };
  const start = performance.now();
  const { socket, done } = await meet(effect);
  expect(await readAll(socket)).toMatch(/x{100000}$/);
  await done;
  const took = performance.now() - start;
  expect(took).toBeGreaterThan(700);
  expect(took).toBeLessThan(3000);
});

test("half of a body arrives before the connection ends, announced as whole", async () => {
  const { socket, done } = await meet({ do: "drop", answer: answerOf("0123456789") });
  const received = await readAll(socket).catch(() => "");
  await done;
  expect(received).toMatch(/content-length: 10\r\n/i);
  expect(received).toMatch(/\r\n\r\n01234$/);
});
