import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface UpstreamRequest {
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, unknown>;
}
export type Answer = (request: UpstreamRequest, response: ServerResponse) => unknown;

/** A server that speaks OpenAI's protocol as a test tells it to, badly as well. */
export interface ModelUpstream {
  baseUrl: string;
  seen: UpstreamRequest[];
  /** What the next requests are answered with. */
  answer: Answer;
  /** Connections that are open at the moment. */
  readonly open: number;
  close(): Promise<void>;
}

export async function startModelUpstream(answer: Answer = complete("Hello.")): Promise<ModelUpstream> {
  const seen: UpstreamRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>;
    const call = { path: request.url ?? "", headers: request.headers, body };
    seen.push(call);
    open += 1;
    response.on("close", () => {
      open -= 1;
    });
    await upstream.answer(call, response);
  });
  let open = 0;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const upstream: ModelUpstream = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    answer,
    get open() {
      return open;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return upstream;
}

export interface Usage {
  prompt_tokens: unknown;
  completion_tokens: unknown;
  prompt_tokens_details?: { cached_tokens: unknown };
}

export function json(value: unknown, status = 200): Answer {
  return (_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** A whole chat completion. */
export function complete(
  content: string,
  usage: Usage | null = { prompt_tokens: 10, completion_tokens: 5 },
): Answer {
  return (request, response) =>
    json({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1,
      model: request.body.model,
      choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
      ...(usage ? { usage } : {}),
    })(request, response);
}

export function chunk(content: string): string {
  return `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
}

export function usageChunk(usage: Usage): string {
  return `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: "m", choices: [], usage })}\n\n`;
}

/** Events as they are, then the end of the connection. */
export function events(...texts: string[]): Answer {
  return (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const text of texts) response.write(text);
    response.end();
  };
}

/** A streamed chat completion. */
export function stream(
  words: string[],
  usage: Usage = { prompt_tokens: 10, completion_tokens: words.length },
): Answer {
  return events(...words.map(chunk), usageChunk(usage), "data: [DONE]\n\n");
}
