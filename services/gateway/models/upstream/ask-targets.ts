import { APIUserAbortError } from "openai";
import type { ModelTarget, ServedModel } from "../../../shared/contracts/models.ts";
import { UpstreamAnswer } from "../../../shared/models/upstream-answer.ts";
import { type Sending, sending } from "../../../shared/models/upstream-client.ts";
import { ModelError } from "../model-error.ts";
import type { ModelRequest } from "../request/read-call.ts";
import type { Upstream, UpstreamDirectory } from "./upstream-directory.ts";
import { readFailure } from "./upstream-failure.ts";

/** An answer that has begun, and with `whole` one that is complete. */
export interface TargetAnswer {
  target: ModelTarget;
  failedTargets: number;
  answer: WholeAnswer | { kind: "stream"; body: AnswerStream };
}

export interface WholeAnswer {
  kind: "whole";
  text: string;
  json: Record<string, unknown>;
}

export type AnswerStream = AsyncIterable<Uint8Array>;

/** No target answered. */
export class AllTargetsFailed extends Error {
  readonly failure: ModelError;
  readonly failedTargets: number;
  readonly target: ModelTarget;

  constructor(failure: ModelError, failedTargets: number, target: ModelTarget) {
    super(failure.message, { cause: failure });
    this.failure = failure;
    this.failedTargets = failedTargets;
    this.target = target;
  }
}

/**
 * Asks the model's targets in order until one begins to answer (or, where nothing is streamed, has answered). A target
 * that had begun is not replaced: the program has seen its words.
 * @throws AllTargetsFailed; APIUserAbortError when it was cancelled; anything when `before` rejects
 */
export async function askTargets(
  directory: Pick<UpstreamDirectory, "find">,
  model: ServedModel,
  request: ModelRequest,
  how: Sending,
): Promise<TargetAnswer> {
  let failedTargets = 0;
  let last: AllTargetsFailed | undefined;
  for (const target of model.targets) {
    try {
      const upstream = await directory.find(target.upstreamId);
      if (!upstream)
        throw new ModelError(
          "upstream_misconfigured",
          "This model is not set up any more. Tell the people who invited you.",
        );
      return { target, failedTargets, answer: await ask(upstream, target, request, how) };
    } catch (error) {
      if (how.cancel.aborted) throw new APIUserAbortError();
      const failure = readFailure(error);
      failedTargets += 1;
      last = new AllTargetsFailed(failure.error, failedTargets, target);
      if (!failure.mayTryNext) break;
    }
  }
  throw last ?? new Error("a model without targets");
}

async function ask(
  { client, isOpenAi }: Upstream,
  target: ModelTarget,
  request: ModelRequest,
  how: Sending,
): Promise<TargetAnswer["answer"]> {
  const body = bodyFor(target.name, isOpenAi, request);
  const response = await client.post<unknown>(`/${request.endpoint}`, { body, ...sending(how) }).asResponse();
  if (!(response instanceof UpstreamAnswer)) throw new Error("a client of another making");
  const type = response.headers.get("content-type") ?? "";
  if (request.stream) {
    if (type.startsWith("text/event-stream")) return { kind: "stream", body: response.chunks() };
    response.discard();
    throw new ModelError("upstream_failed", "The model's provider did not stream its answer.");
  }
  const text = await response.text();
  return { kind: "whole", text, json: parseAnswer(text) };
}

/** The request as this target takes it. */
function bodyFor(name: string, isOpenAi: boolean, request: ModelRequest): Record<string, unknown> {
  const { endpoint, fields, stream, defaultedOutput } = request;
  const body: Record<string, unknown> = { model: name, ...fields };
  if (endpoint === "responses") body.store = false;
  if (defaultedOutput && endpoint === "chat/completions" && !isOpenAi) {
    // The older name is the one that every other server knows.
    body.max_tokens = body.max_completion_tokens;
    delete body.max_completion_tokens;
  }
  if (stream) {
    body.stream = true;
    if (endpoint === "chat/completions") body.stream_options = { include_usage: true };
  }
  return body;
}

function parseAnswer(text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null && !Array.isArray(json))
      return json as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new ModelError("upstream_failed", "The model's provider sent something that is not an answer.");
}
