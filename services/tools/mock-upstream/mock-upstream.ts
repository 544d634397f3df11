import type { IncomingMessage, ServerResponse } from "node:http";
import { LLMock, type Mountable } from "@copilotkit/aimock";
import { answer } from "./answer.ts";
import { answerEmbeddings } from "./embeddings.ts";

/** Names that the mock lists; it answers to any. */
export const MOCK_CHAT_MODEL = "mock-chat";
export const MOCK_EMBEDDING_MODEL = "mock-embedding";

/** Where an upstream of kind `mock` has its API, for programs on the same machine. */
export function mockUpstreamUrl(port: number): string {
  return `http://127.0.0.1:${port}/v1`;
}

export interface MockUpstream {
  port: number;
  close(): Promise<void>;
}

/**
 * OpenAI's protocol without a model behind it: chat completions, responses and embeddings, streamed or not, with
 * tools and structured output. Whoever knows the address may use it; it costs nothing and knows nothing.
 */
export async function startMockUpstream(
  options: { port?: number; host?: string; msPerChunk?: number } = {},
): Promise<MockUpstream> {
  const { port = 0, host = "127.0.0.1", msPerChunk = 20 } = options;
  // aimock keeps whole requests for its tests to look at; one is the least it can be told.
  const server = new LLMock({ port, host, latency: msPerChunk, chunkSize: 12, journalMaxEntries: 1 });
  server.on({ endpoint: "chat" }, answer);
  server.mount("/v1/embeddings", { handleRequest: answerEmbeddings });
  server.mount("/v1/models", whole(listModels));
  server.mount(
    "/readyz",
    whole(() => ({ ready: true })),
  );
  await server.start();
  return { port: server.port, close: () => server.stop() };
}

function listModels(): unknown {
  const data = [MOCK_CHAT_MODEL, MOCK_EMBEDDING_MODEL].map((id) => ({
    id,
    object: "model",
    created: 0,
    owned_by: "worksample",
  }));
  return { object: "list", data };
}

function whole(value: () => unknown): Mountable {
  return {
    async handleRequest(request: IncomingMessage, response: ServerResponse, path: string) {
      if (request.method !== "GET" || path !== "/") return false;
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value()));
      return true;
    },
  };
}
