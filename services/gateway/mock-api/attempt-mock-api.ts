import type { IncomingMessage, ServerResponse } from "node:http";
import type { EgressService } from "../egress/service.ts";
import type { MockApiService } from "./mock-api-service.ts";
import { sendAnswer } from "./send-outcome.ts";

export interface AttemptMockApiParts {
  service: MockApiService;
  /** Called when the sandbox is closed. */
  release(): void;
}

/** One mock API as one sandbox reaches it. */
export class AttemptMockApi implements EgressService {
  readonly #parts: AttemptMockApiParts;

  constructor(parts: AttemptMockApiParts) {
    this.#parts = parts;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#parts.service.answer(request, response);
    if (answer) sendAnswer(response, answer, request.method !== "HEAD");
  }

  close(): void {
    this.#parts.release();
  }
}
