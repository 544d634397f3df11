import { Worker } from "node:worker_threads";
import pLimit from "p-limit";
import { UpstreamError } from "../upstream/upstream-error.ts";
import type { MetadataSubject } from "./document.ts";
import type { EntryHeader } from "./entry.ts";

export interface DigestJob {
  subject: MetadataSubject;
  /** Of the registry's answer. */
  contentType: string;
  validators: EntryHeader["validators"];
  rawPath: string;
  /** Made by the thread. */
  entryPath: string;
}

export type DigestAnswer = { ok: true } | { ok: false; message: string };

const TIMEOUT_MS = 20_000;
const MAX_HEAP_MIB = 1024;

/** Reads what registries answer, one at a time, in a thread that is replaced when it takes too long or too much. */
export class Digester {
  readonly #oneAtATime = pLimit(1);
  readonly #timeoutMs: number;
  #thread: Worker | undefined;

  constructor(timeoutMs = TIMEOUT_MS) {
    this.#timeoutMs = timeoutMs;
  }

  /** @throws UpstreamError when it is not what the protocol allows */
  digest(job: DigestJob): Promise<void> {
    return this.#oneAtATime(() => this.#digest(job));
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  async #digest(job: DigestJob): Promise<void> {
    const thread = this.#thread ?? this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<DigestAnswer>();
    const replace = (reason: string) => {
      if (this.#thread === thread) this.#thread = undefined;
      void thread.terminate();
      reject(new UpstreamError(`the registry's metadata could not be read: ${reason}`));
    };
    const onError = (error: unknown) => replace((error as Error).message);
    const onExit = () => replace("the thread ended");
    thread.once("message", resolve);
    thread.once("error", onError);
    thread.once("exit", onExit);
    const timer = setTimeout(() => replace("it took too long"), this.#timeoutMs);
    thread.postMessage(job);
    try {
      const answer = await promise;
      if (!answer.ok) throw new UpstreamError(`the registry's metadata make no sense: ${answer.message}`);
    } finally {
      clearTimeout(timer);
      thread.off("message", resolve);
      thread.off("error", onError);
      thread.off("exit", onExit);
    }
  }

  #start(): Worker {
    const thread = new Worker(new URL("./digest-thread.ts", import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB },
    });
    // Whoever waits listens, too; an idle one that ends is replaced at the next job.
    thread.on("error", () => {});
    thread.once("exit", () => {
      if (this.#thread === thread) this.#thread = undefined;
    });
    thread.unref();
    this.#thread = thread;
    return thread;
  }
}
