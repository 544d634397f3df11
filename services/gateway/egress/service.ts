import type { IncomingMessage, ServerResponse } from "node:http";
import type { AttemptKind } from "../../shared/contracts/common.ts";
import type { PlatformError } from "../../shared/contracts/problem.ts";

/** Whose request it is. The socket it came in on says so; nothing in the request can change it. */
export interface AttemptContext {
  attemptId: string;
  sandboxId: string;
  epoch: number;
  kind: AttemptKind;
}

/** A refusal as an answer: what its clients expect an error to look like. */
export type PresentRefusal = (error: PlatformError) => { contentType: string; body: string };

/**
 * One `*.internal` name inside a sandbox.
 *
 * `request.url` is always a path with its query. The body is a stream that ends with an error past
 * {@link MAX_BODY_BYTES}; the caller is then answered for the service. What `handle` throws or rejects with is
 * answered as problem+json; a {@link PlatformError} with its own code.
 */
export interface EgressService {
  /** How refusals look to this service's clients; problem+json where it is left out. */
  present?: PresentRefusal;
  handle(request: IncomingMessage, response: ServerResponse, attempt: AttemptContext): Promise<void> | void;
  /** Called once, when the sandbox is closed; whoever closes it waits, for a moment. */
  close?(): Promise<void> | void;
}

/** Lower-case hostname, for example `helpdesk.internal`, to what answers there. */
export type EgressServices = ReadonlyMap<string, EgressService>;

/** Called at the first request of a sandbox; the answer is kept until the sandbox is closed, a failure is not. */
export type OpenEgressServices = (attempt: AttemptContext) => Promise<EgressServices>;

export const MAX_BODY_BYTES = 10 * 1024 * 1024;
