import { randomUUID } from "node:crypto";
import type { SpecModels } from "../../services/shared/contracts/models.ts";
import type { Database } from "../../services/shared/db/database.ts";
import type { ModelCall } from "../../services/shared/db/schema.gen.ts";
import { SecretBox } from "../../services/shared/domain/secret-box.ts";
import { sealBody } from "../../services/shared/models/transcript.ts";

type Metered = Extract<SpecModels, { kind: "metered" }>;

/** Models of a version: one to chat with, one to embed with, both of an upstream that is not in the database. */
export function makeModels(changes: Partial<Metered> = {}): Metered {
  const target = (name: string, mock: boolean) => ({
    modelId: randomUUID(),
    upstreamId: randomUUID(),
    name,
    mock,
    price: { inputUsdPerMTok: 0.25, cachedInputUsdPerMTok: 0.025, outputUsdPerMTok: 2 },
  });
  return {
    kind: "metered",
    models: [
      { alias: "gpt-5-mini", kind: "chat", targets: [target("gpt-5-mini-2025", false)] },
      { alias: "text-embedding-3-small", kind: "embedding", targets: [target("mock", true)] },
    ],
    budget: { usd: 5, tokens: 2_000_000 },
    limits: { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 },
    assistant: {
      model: { alias: "assistant", kind: "chat", targets: [target("gpt-5", false)] },
      budget: { usd: 2, tokens: null },
    },
    ...changes,
  };
}

export interface ModelCallFixture {
  attemptId: string;
  at?: Date;
  line?: "product" | "assistant";
  outcome?: ModelCall["outcome"];
  /** What was said, whole. */
  request?: object | string;
  response?: object | string;
  /** Only so many characters of both are kept. */
  keep?: number;
  alias?: string;
  endpoint?: string;
  stream?: boolean;
  costNanoUsd?: number;
  tokens?: [input: number, output: number];
  firstTokenMs?: number | null;
  durationMs?: number | null;
}

/** A call as the gateway keeps it. */
export async function insertModelCall(
  db: Database,
  secret: string,
  options: ModelCallFixture,
): Promise<string> {
  const id = randomUUID();
  const box = new SecretBox(secret);
  const textOf = (body: object | string) => (typeof body === "string" ? body : JSON.stringify(body));
  const seal = (body: object | string | undefined) =>
    body === undefined ? null : sealBody(box, id, textOf(body).slice(0, options.keep));
  const sizeOf = (body: object | string | undefined) => Buffer.byteLength(textOf(body ?? ""));
  await db
    .insertInto("model_call")
    .values({
      id,
      attempt_id: options.attemptId,
      epoch: 1,
      line: options.line ?? "product",
      ...(options.at ? { at: options.at } : {}),
      endpoint: options.endpoint ?? "chat/completions",
      alias: options.alias ?? "gpt-5-mini",
      upstream_model: "gpt-5-mini-2025",
      stream: options.stream ?? false,
      outcome: options.outcome ?? "answered",
      status: 200,
      cost_nano_usd: options.costNanoUsd ?? 0,
      input_tokens: options.tokens?.[0] ?? null,
      output_tokens: options.tokens?.[1] ?? null,
      usage: options.tokens ? "reported" : "none",
      first_token_ms: options.firstTokenMs ?? null,
      duration_ms: options.durationMs ?? null,
      request_sealed: seal(options.request),
      response_sealed: seal(options.response),
      request_bytes: sizeOf(options.request),
      response_bytes: sizeOf(options.response),
      truncated: options.keep !== undefined,
    })
    .execute();
  return id;
}

/** The events of a stream, as they come. */
export function streamOf(...events: (object | string)[]): string {
  return events
    .map((event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`)
    .join("");
}

/** Chunks of a chat that say these pieces. */
export function chatStream(pieces: readonly string[], finished = true): string {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    model: "gpt-5-mini-2025",
    choices: [{ index: 0, delta, finish_reason }],
  });
  return streamOf(
    chunk({ role: "assistant" }),
    ...pieces.map((content) => chunk({ content })),
    ...(finished ? [chunk({}, "stop"), "[DONE]"] : []),
  );
}
