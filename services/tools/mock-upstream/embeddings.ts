import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { z } from "zod";
import { embedText } from "./embed-text.ts";

const CHARACTERS_PER_TOKEN = 4;

const Input = z.union([
  z.string().transform((text) => [text]),
  z.array(z.string()).min(1),
  z
    .array(z.int())
    .min(1)
    .transform((tokens) => [tokens.join(" ")]),
  z
    .array(z.array(z.int()))
    .min(1)
    .transform((texts) => texts.map((tokens) => tokens.join(" "))),
]);

const EmbeddingRequest = z.object({
  model: z.string(),
  input: Input,
  dimensions: z.int().min(1).max(4096).default(1536),
  encoding_format: z.enum(["float", "base64"]).default("float"),
});

/** `POST /v1/embeddings`; aimock's own gives one vector to all texts of a request. */
export async function answerEmbeddings(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== "POST") return false;
  const parsed = EmbeddingRequest.safeParse(await json(request).catch(() => null));
  const [status, body] = parsed.success
    ? ([200, embed(parsed.data)] as const)
    : ([400, refusal(z.prettifyError(parsed.error))] as const);
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  return true;
}

function embed({ model, input, dimensions, encoding_format }: z.infer<typeof EmbeddingRequest>): unknown {
  const tokens = input.reduce(
    (sum, text) => sum + Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN)),
    0,
  );
  const data = input.map((text, index) => {
    const vector = embedText(text, dimensions);
    const embedding =
      encoding_format === "float" ? [...vector] : Buffer.from(vector.buffer).toString("base64");
    return { object: "embedding", index, embedding };
  });
  return { object: "list", data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

function refusal(message: string): unknown {
  return { error: { message, type: "invalid_request_error", param: null, code: null } };
}
