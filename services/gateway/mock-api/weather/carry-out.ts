import type { ServerResponse } from "node:http";
import { headersOf, sendAnswer } from "../send-outcome.ts";
import type { Effect } from "./plan-effect.ts";
import type { WaitingRoom } from "./waiting-room.ts";

const TICK_MS = 100;

/** Does what was planned. @returns whether it had to be cut short because too many answers are held back already */
export async function carryOut(
  effect: Effect,
  response: ServerResponse,
  withBody: boolean,
  room: WaitingRoom,
): Promise<boolean> {
  switch (effect.do) {
    case "send":
      sendAnswer(response, effect.answer, withBody);
      return false;
    case "drop":
      await drop(effect.answer, response);
      return false;
    case "silence": {
      const end = await room.wait(effect.sec * 1000, response);
      response.destroy();
      return end === "full";
    }
    case "trickle":
      return trickle(effect, response, room);
  }
}

/** Half of the body goes out first, and the connection ends once it has. */
async function drop(
  answer: Extract<Effect, { do: "drop" }>["answer"],
  response: ServerResponse,
): Promise<void> {
  if (response.destroyed) return;
  if (!answer) {
    response.destroy();
    return;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, headersOf(answer));
  const written = new Promise<void>((resolve) => {
    response.once("close", resolve);
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => resolve());
  });
  await written;
  response.destroy();
}

/** Piece by piece; a reader that does not read is waited for, until its connection is given up. */
async function trickle(
  { answer, bytesPerSec, atMostSec }: Extract<Effect, { do: "trickle" }>,
  response: ServerResponse,
  room: WaitingRoom,
): Promise<boolean> {
  if (response.destroyed) return false;
  const body = Buffer.from(answer.body);
  const perTick = Math.max(
    1,
    Math.ceil(Math.max(bytesPerSec / 1000, body.length / (atMostSec * 1000)) * TICK_MS),
  );
  response.writeHead(answer.status, headersOf(answer));
  for (let at = 0; at < body.length; at += perTick) {
    const isRead = response.write(body.subarray(at, at + perTick));
    if (!isRead) await drained(response);
    const left = body.length - at - perTick;
    if (left <= 0) break;
    const end = await room.wait(TICK_MS, response);
    if (end === "gone") return false;
    if (end === "full") {
      response.end(body.subarray(at + perTick));
      return true;
    }
  }
  response.end();
  return false;
}

function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}
