import type { ServerResponse } from "node:http";
import { APIUserAbortError } from "openai";
import type { ModelTarget, ServedModel } from "../../../shared/contracts/models.ts";
import { costOf, type TokenUsage } from "../../../shared/domain/model-cost.ts";
import type { Balance, CallEnd, OpenCall } from "../ledger/ledger.ts";
import { countText, type Delivered, estimateUsage } from "../meter/delivered.ts";
import { createStreamMeter } from "../meter/stream-meter.ts";
import { usageOf } from "../meter/usage.ts";
import { ModelError, sendModelError } from "../model-error.ts";
import type { ModelParts } from "../model-parts.ts";
import type { ModelRequest } from "../request/read-call.ts";
import {
  AllTargetsFailed,
  type AnswerStream,
  askTargets,
  type TargetAnswer,
  type WholeAnswer,
} from "../upstream/ask-targets.ts";
import { budgetHeaders } from "./answer-headers.ts";
import { passOnStream } from "./pass-on-stream.ts";
import { TranscriptRecorder } from "./transcript-recorder.ts";

export interface CallContext {
  parts: ModelParts;
  model: ServedModel;
  request: ModelRequest;
  call: OpenCall;
  response: ServerResponse;
}

/** How the call ended, as far as one place knows. */
type Outcome = Pick<CallEnd, "outcome" | "status" | "errorCode"> & { usage: CountedUsage | null };
type CountedUsage = TokenUsage & { source: "reported" | "estimated" };

const NOTHING: Delivered = { pieces: 0, characters: 0 };
/** A statement is believed unless what was delivered comes, by its size, to so many times as much. */
const CREDIBLE_FACTOR = 10;

/**
 * One call: asks once its cost is reserved, sends the answer on, and says how it ended.
 *
 * When the program goes away, a stream is ended: its provider stops then, and charges for what it has written. An answer
 * in one piece is waited for, since it costs the same either way and only its end says how much.
 */
export class ModelCall {
  readonly #context: CallContext;
  readonly #recorder: TranscriptRecorder;
  readonly #startedAt = performance.now();
  readonly #abort = new AbortController();
  /** As it was after the reservation. */
  #balance: Balance | null = null;
  #target: ModelTarget | null = null;
  #failedTargets = 0;
  #firstTokenMs: number | null = null;
  #timedOut = false;

  constructor(context: CallContext) {
    this.#context = context;
    const { parts, call, request } = context;
    this.#recorder = new TranscriptRecorder(parts.box, call.id, request.text, parts.limits.transcriptChars);
  }

  /**
   * What is sent is made ready while the reservation is made, and sent when that is certain; the program is answered when
   * it is made.
   * @param isSure that the budget has room for it
   * @throws what `reserving` rejects with. After that nothing throws: there is an end to settle.
   */
  async run(reserving: Promise<Balance>, isSure: boolean): Promise<CallEnd> {
    const { parts, model, request } = this.#context;
    const unwatch = this.#watch();
    try {
      const before = isSure ? null : reserving;
      const asking = askTargets(parts.directory, model, request, { cancel: this.#abort.signal, before });
      // Looked at below, unless nothing was reserved.
      asking.catch(() => {});
      this.#balance = await reserving;
      return await this.#finish(asking);
    } catch (error) {
      this.#abort.abort();
      throw error;
    } finally {
      unwatch();
    }
  }

  /** Ends what is asked when its program goes away, or when it takes too long. @returns what ends the watch */
  #watch(): () => void {
    const { parts, request, response } = this.#context;
    const onClose = () => {
      if (request.stream && !response.writableFinished) this.#abort.abort();
    };
    response.once("close", onClose);
    const timer = setTimeout(() => {
      this.#timedOut = true;
      this.#abort.abort();
    }, parts.limits.callTimeoutMs);
    return () => {
      clearTimeout(timer);
      response.off("close", onClose);
    };
  }

  async #finish(asking: Promise<TargetAnswer>): Promise<CallEnd> {
    try {
      return this.#end(await this.#perform(asking));
    } catch (error) {
      this.#context.parts.log.error(
        { err: error, callId: this.#context.call.id },
        "a call of a model failed",
      );
      return this.#end(
        this.#refuse(new ModelError("unavailable", "Something went wrong here. Try again in a moment.")),
      );
    }
  }

  async #perform(asking: Promise<TargetAnswer>): Promise<Outcome> {
    try {
      const { target, failedTargets, answer } = await asking;
      this.#target = target;
      this.#failedTargets = failedTargets;
      return answer.kind === "whole" ? this.#sendWhole(answer) : await this.#sendStream(answer.body);
    } catch (error) {
      if (error instanceof APIUserAbortError) return this.#endBeforeAnswer();
      if (!(error instanceof AllTargetsFailed)) throw error;
      this.#target = error.target;
      this.#failedTargets = error.failedTargets;
      return this.#refuse(error.failure);
    }
  }

  #sendWhole({ text, json }: WholeAnswer): Outcome {
    const { request, response } = this.#context;
    this.#recorder.add(text);
    this.#firstTokenMs = this.#elapsedMs;
    const characters = request.endpoint === "embeddings" ? 0 : countText(json.choices ?? json.output);
    const usage = this.#count(usageOf(request.endpoint, json.usage, request.bound), {
      pieces: 0,
      characters,
    });
    if (response.destroyed) return { outcome: "aborted", status: null, errorCode: null, usage };
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      ...this.#headers(usage),
    });
    response.end(text);
    return { outcome: "answered", status: 200, errorCode: null, usage };
  }

  async #sendStream(body: AnswerStream): Promise<Outcome> {
    const { parts, request, response } = this.#context;
    const meter = createStreamMeter(request.endpoint, request);
    let failure: ModelError | null = null;
    try {
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "x-accel-buffering": "no",
        ...this.#headers(null),
      });
      await passOnStream(body, response, meter, {
        onText: (text) => this.#recorder.add(text),
        onFirstPiece: () => {
          this.#firstTokenMs = this.#elapsedMs;
        },
        maxChars: parts.limits.streamChars,
      });
    } catch (error) {
      failure = this.#faultOf(error);
    }
    const usage = this.#count(meter.usage, meter.delivered);
    if (response.destroyed) return { outcome: "aborted", status: 200, errorCode: null, usage };
    if (failure) this.#sendCut(failure);
    response.end();
    const outcome = failure ? "upstream_failed" : "answered";
    return { outcome, status: 200, errorCode: failure?.code ?? null, usage };
  }

  #faultOf(error: unknown): ModelError {
    if (error instanceof ModelError) return error;
    if (this.#timedOut)
      return new ModelError("upstream_timeout", "The answer took too long.", { cause: error });
    return new ModelError("upstream_cut", "The model's provider broke its answer off.", { cause: error });
  }

  /** The head is sent already; the protocol has an event for what goes wrong from then on. */
  #sendCut({ code, message, body }: ModelError): void {
    const text =
      this.#context.request.endpoint === "responses"
        ? `event: error\ndata: ${JSON.stringify({ type: "error", code, message, param: null, sequence_number: 0 })}\n\n`
        : `data: ${JSON.stringify(body)}\n\n`;
    this.#recorder.add(text);
    this.#context.response.write(text);
  }

  /** An error for an answer. What upstreams refuse or fail to do costs nothing. */
  #refuse(error: ModelError): Outcome {
    const { response, call } = this.#context;
    this.#recorder.add(JSON.stringify(error.body));
    const gone = response.destroyed;
    if (!gone) sendModelError(response, error, { "x-request-id": call.id });
    const failed = error.code === "upstream_rejected" ? "answered" : "upstream_failed";
    return {
      outcome: gone ? "aborted" : failed,
      status: gone ? null : error.status,
      errorCode: error.code,
      usage: null,
    };
  }

  #endBeforeAnswer(): Outcome {
    if (!this.#context.response.destroyed)
      return this.#refuse(new ModelError("upstream_timeout", "The model did not answer in time."));
    // The request was read, as far as anybody knows; nothing was written.
    return { outcome: "aborted", status: null, errorCode: null, usage: this.#count(null, NOTHING) };
  }

  #count(stated: TokenUsage | null, delivered: Delivered): CountedUsage {
    const { request } = this.#context;
    const estimated = estimateUsage(request.bytes, delivered, request.bound);
    const isCredible = stated !== null && stated.output * CREDIBLE_FACTOR >= estimated.output;
    return isCredible ? { ...stated, source: "reported" } : { ...estimated, source: "estimated" };
  }

  #headers(usage: CountedUsage | null): Record<string, string> {
    const { call } = this.#context;
    const settled = usage
      ? { nanoUsd: this.#costOf(usage), tokens: usage.input + usage.output }
      : call.reserved;
    return { "x-request-id": call.id, ...budgetHeaders(this.#balance!, call.reserved, settled) };
  }

  #costOf(usage: CountedUsage | null): number {
    if (usage === null || this.#target === null) return 0;
    return Math.min(costOf(usage, this.#target.price), this.#context.call.reserved.nanoUsd);
  }

  #end({ usage, ...ended }: Outcome): CallEnd {
    // Who went away before a target had answered had asked the first one.
    if (usage) this.#target ??= this.#context.model.targets[0]!;
    return {
      ...ended,
      target: this.#target,
      failedTargets: this.#failedTargets,
      usage,
      usageSource: usage?.source ?? "none",
      costNanoUsd: this.#costOf(usage),
      firstTokenMs: this.#firstTokenMs,
      durationMs: this.#elapsedMs,
      transcript: () => this.#recorder.seal(),
    };
  }

  get #elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }
}
