import type OpenAI from "openai";
import type { ModelKind, UpstreamTest } from "../contracts/models.ts";
import { UpstreamModelName } from "../contracts/models.ts";
import { type Attempted, explainFailure } from "./explain-failure.ts";
import { type OutboundOptions, openOutbound } from "./outbound.ts";
import { openUpstreamClient, type UpstreamAddress } from "./upstream-client.ts";

/** For all that a test asks. */
export const TEST_TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const MAX_LISTED = 500;
const ANSWER_TOKENS = 16;

export type UpstreamTestOutcome = Omit<UpstreamTest, "at">;
interface ModelToTest {
  name: string;
  kind: ModelKind;
}

/**
 * Lists an upstream's models, and asks one for a few words when it is given. Never fails: what is wrong is in the
 * outcome's message, which holds no key, whatever the upstream says.
 */
export async function testUpstream(
  address: UpstreamAddress,
  model: ModelToTest | null,
  options: OutboundOptions & { timeoutMs?: number } = {},
): Promise<UpstreamTestOutcome> {
  const timeoutMs = options.timeoutMs ?? TEST_TIMEOUT_MS;
  const outbound = openOutbound({ ...options, connectTimeoutMs: Math.min(5000, timeoutMs) });
  const client = openUpstreamClient(address, outbound, { timeoutMs, maxAnswerBytes: MAX_ANSWER_BYTES });
  const startedAt = performance.now();
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const found = await ask(client, signal, address, model, timeoutMs);
    return { ...found, durationMs: Math.round(performance.now() - startedAt) };
  } finally {
    await outbound.close();
  }
}

type Found = Pick<UpstreamTestOutcome, "ok" | "message" | "models">;

async function ask(
  client: OpenAI,
  signal: AbortSignal,
  address: UpstreamAddress,
  model: ModelToTest | null,
  timeoutMs: number,
): Promise<Found> {
  const attempted: Attempted = {
    ...{ baseUrl: address.baseUrl, hasKey: address.apiKey !== null },
    ...{ model: null, timeoutMs },
  };
  const listed = await listModels(client, signal, address.apiKey).catch((error: unknown) => ({ error }));
  if (model === null)
    return "error" in listed
      ? { ok: false, message: explainFailure(listed.error, attempted), models: [] }
      : { ok: true, message: listedMessage(listed.models), models: listed.models };
  const models = "error" in listed ? [] : listed.models;
  try {
    await askModel(client, signal, model);
    return { ok: true, message: `${model.name} answers.`, models };
  } catch (error) {
    const message = explainFailure(error, { ...attempted, model: model.name });
    return { ok: false, message, models };
  }
}

/** @throws SyntaxError when the answer is no list */
async function listModels(client: OpenAI, signal: AbortSignal, key: string | null) {
  // As it came: the typed call takes any answer for an empty list.
  const answer: unknown = await client.get("/models", { signal });
  const data = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw new SyntaxError("not a list of models");
  const names = data
    .slice(0, 20 * MAX_LISTED)
    .map((item: { id?: unknown } | null) => UpstreamModelName.safeParse(item?.id))
    .flatMap(({ data: name }) => (name === undefined ? [] : [name]))
    // An upstream knows the key, and what it lists is kept and shown.
    .filter((name) => key === null || !name.includes(key));
  return { models: [...new Set(names)].slice(0, MAX_LISTED) };
}

function listedMessage(models: readonly string[]): string {
  if (models.length === 0) return "It answers, and lists no models.";
  return models.length === 1
    ? "It answers, and lists one model."
    : `It answers, and lists ${models.length} models.`;
}

/** @throws SyntaxError when the answer is none of this protocol */
async function askModel(client: OpenAI, signal: AbortSignal, { name, kind }: ModelToTest): Promise<void> {
  const answer: unknown =
    kind === "embedding"
      ? await client.embeddings.create({ model: name, input: "hello", encoding_format: "float" }, { signal })
      : await askChat(client, signal, name);
  const [list] = ["data", "choices"]
    .map((field) => (answer as Record<string, unknown> | null)?.[field])
    .filter(Array.isArray);
  if (!list || list.length === 0) throw new SyntaxError("neither data nor choices");
}

/** Newer models refuse `max_tokens`, and older servers `max_completion_tokens`. */
async function askChat(client: OpenAI, signal: AbortSignal, model: string): Promise<unknown> {
  const messages = [{ role: "user" as const, content: "Say hello." }];
  try {
    return await client.chat.completions.create(
      { model, messages, max_completion_tokens: ANSWER_TOKENS },
      { signal },
    );
  } catch (error) {
    if ((error as { status?: number }).status !== 400) throw error;
    return client.chat.completions.create({ model, messages, max_tokens: ANSWER_TOKENS }, { signal });
  }
}
