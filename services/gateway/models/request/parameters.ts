import { ModelError } from "../model-error.ts";
import type { Endpoint } from "../route.ts";

/**
 * What becomes of each field of a request. `pass`: sent as it is. `drop`: says something about a person or an account
 * and changes no answer, so it stays here. A list: only these values, because the others would keep data with the
 * provider, use tools of the provider's, or cost what nobody can bound. A field that is not named is refused by name.
 */
type Rule = "pass" | "drop" | readonly unknown[];

const SAMPLING = {
  model: "pass",
  stream: "pass",
  stream_options: "pass",
  temperature: "pass",
  top_p: "pass",
  top_k: "pass",
  min_p: "pass",
  top_logprobs: "pass",
  parallel_tool_calls: "pass",
  tools: "pass",
  tool_choice: "pass",
  prompt_cache_key: "pass",
  prompt_cache_retention: "drop",
  service_tier: "drop",
  user: "drop",
  safety_identifier: "drop",
  metadata: "drop",
  store: "drop",
} as const satisfies Record<string, Rule>;

const RULES: Record<Endpoint, Record<string, Rule>> = {
  "chat/completions": {
    ...SAMPLING,
    messages: "pass",
    n: "pass",
    max_tokens: "pass",
    max_completion_tokens: "pass",
    stop: "pass",
    presence_penalty: "pass",
    frequency_penalty: "pass",
    repetition_penalty: "pass",
    logit_bias: "pass",
    logprobs: "pass",
    functions: "pass",
    function_call: "pass",
    response_format: "pass",
    seed: "pass",
    reasoning_effort: "pass",
    verbosity: "pass",
    chat_template_kwargs: "pass",
    enable_thinking: "pass",
    modalities: [["text"]],
  },
  responses: {
    ...SAMPLING,
    input: "pass",
    instructions: "pass",
    max_output_tokens: "pass",
    max_tool_calls: "pass",
    text: "pass",
    reasoning: "pass",
    include: [[], ["reasoning.encrypted_content"], ["message.output_text.logprobs"]],
    truncation: "pass",
    background: [false],
    previous_response_id: [],
    conversation: [],
    prompt: [],
  },
  embeddings: {
    model: "pass",
    input: "pass",
    dimensions: "pass",
    encoding_format: ["float", "base64"],
    user: "drop",
  },
};

const NOTHING_IS_KEPT =
  "Nothing is kept between requests here: send the whole conversation in `input` (with the AI SDK: `store: false`).";
const REASONS: Record<string, string> = {
  previous_response_id: NOTHING_IS_KEPT,
  conversation: NOTHING_IS_KEPT,
  prompt: "Prompts kept with the provider are not offered here: send the text.",
  background: "Answers in the background are not offered here.",
  modalities: "Only text is offered here.",
};

export type Fields = Record<string, unknown>;

/**
 * The fields that are sent on. Those that are null are left out, as if they had not been given.
 * @throws ModelError unsupported_parameter
 */
export function chooseFields(endpoint: Endpoint, body: Fields): Fields {
  const rules = RULES[endpoint];
  const chosen: Fields = {};
  for (const [name, value] of Object.entries(body)) {
    if (value === null || value === undefined) continue;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) throw unsupported(name, `\`${name.slice(0, 100)}\` is not offered here.`);
    if (rule === "drop") continue;
    if (rule !== "pass" && !isOneOf(value, rule))
      throw unsupported(name, REASONS[name] ?? `\`${name}\` can only be ${listed(rule)} here.`);
    chosen[name] = value;
  }
  return chosen;
}

function isOneOf(value: unknown, allowed: readonly unknown[]): boolean {
  const text = JSON.stringify(value);
  return allowed.some((one) => JSON.stringify(one) === text);
}

function listed(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(" or ") || "left out";
}

function unsupported(param: string, message: string): ModelError {
  return new ModelError("unsupported_parameter", message, { param: param.slice(0, 100) });
}
