import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { connectUntrustedSocket } from "../../shared/sandbox/untrusted-socket.ts";

/** Whether VS Code answers on a sandbox's IDE socket. Never throws. */
export function ideAnswers(socketPath: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const createConnection = () => connectUntrustedSocket(socketPath);
    let call: ReturnType<typeof request>;
    try {
      call = request(
        { createConnection, host: "workspace", path: "/healthz", timeout: timeoutMs },
        (response) => {
          // The answer's body is a sandbox's and of no interest.
          response.destroy();
          resolve(response.statusCode === 200);
        },
      );
    } catch {
      resolve(false);
      return;
    }
    const giveUp = setTimeout(() => call.destroy(), timeoutMs);
    call.on("error", () => resolve(false));
    call.on("close", () => {
      clearTimeout(giveUp);
      resolve(false);
    });
    call.end();
  });
}

/** How often it is asked whether there is still anything to wait for. */
const ALIVE_CHECK_MS = 1000;

/**
 * Waits until VS Code answers.
 * @param isAlive whether the sandbox still runs; one that does not will never answer
 * @throws SandboxEndedError, or IdeTimeoutError after `timeoutMs`
 */
export async function waitForIde(
  socketPath: string,
  timeoutMs: number,
  isAlive: () => Promise<boolean>,
): Promise<void> {
  const started = performance.now();
  let checked = started;
  while (!(await ideAnswers(socketPath, 2000))) {
    const now = performance.now();
    if (now - started > timeoutMs) throw new IdeTimeoutError(timeoutMs);
    if (now - checked > ALIVE_CHECK_MS) {
      if (!(await isAlive())) throw new SandboxEndedError();
      checked = now;
    }
    await sleep(50);
  }
}

export class SandboxEndedError extends Error {
  constructor() {
    super("the sandbox ended before its workspace answered");
    this.name = "SandboxEndedError";
  }
}

export class IdeTimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`the workspace did not answer within ${Math.round(timeoutMs / 1000)} s`);
    this.name = "IdeTimeoutError";
  }
}
