import { ModelError } from "../model-error.ts";
import type { Endpoint } from "../route.ts";
import type { Fields } from "./parameters.ts";

/** Images of a request: how many, and how many bytes of it they are. */
export interface Images {
  count: number;
  bytes: number;
}

const CHAT_PARTS = new Set(["text", "image_url", "refusal"]);
const RESPONSE_PARTS = new Set([
  "input_text",
  "output_text",
  "summary_text",
  "reasoning_text",
  "input_image",
  "refusal",
]);
const RESPONSE_ITEMS = new Set([
  "message",
  "function_call",
  "function_call_output",
  "custom_tool_call",
  "custom_tool_call_output",
  "reasoning",
]);
const TOOLS = new Set(["function", "custom"]);

/**
 * Looks at what a conversation is made of: only text, images that are in the request itself, and tools that the
 * candidate's program carries out. A link would be fetched by the provider; its own tools reach out to the network.
 * @throws ModelError unsupported_content, invalid_value
 */
export function checkContent(endpoint: Endpoint, fields: Fields): Images {
  const images = { count: 0, bytes: 0 };
  if (endpoint === "embeddings") return images;
  checkTools(fields.tools);
  if (endpoint === "chat/completions") checkMessages(fields.messages, images);
  else checkItems(fields.input, images);
  return images;
}

function checkTools(tools: unknown): void {
  if (tools === undefined) return;
  for (const [index, tool] of asArray(tools, "tools").entries()) {
    const { type } = asObject(tool, `tools[${index}]`);
    if (!TOOLS.has(String(type)))
      throw new ModelError(
        "unsupported_content",
        `Tools of the provider (${JSON.stringify(type)?.slice(0, 60)}) are not offered here; functions that your program carries out are.`,
        { param: `tools[${index}].type` },
      );
  }
}

function checkMessages(messages: unknown, images: Images): void {
  for (const [index, message] of asArray(messages, "messages").entries()) {
    const where = `messages[${index}]`;
    const { content, audio } = asObject(message, where);
    if (audio !== undefined && audio !== null)
      throw new ModelError("unsupported_content", "Audio is not offered here.", { param: `${where}.audio` });
    if (Array.isArray(content)) checkParts(content, `${where}.content`, CHAT_PARTS, images);
  }
}

function checkItems(input: unknown, images: Images): void {
  if (typeof input === "string") return;
  for (const [index, value] of asArray(input, "input").entries()) {
    const where = `input[${index}]`;
    const item = asObject(value, where);
    const type = item.type ?? "message";
    if (!RESPONSE_ITEMS.has(String(type)))
      throw new ModelError(
        "unsupported_content",
        type === "item_reference"
          ? "Nothing is kept between requests here, so no item can be referred to: send the items themselves (with the AI SDK: `store: false`)."
          : `Items of the type ${JSON.stringify(type).slice(0, 60)} are not offered here.`,
        { param: `${where}.type` },
      );
    for (const name of ["content", "output", "summary"] as const)
      if (Array.isArray(item[name])) checkParts(item[name], `${where}.${name}`, RESPONSE_PARTS, images);
  }
}

function checkParts(
  parts: readonly unknown[],
  where: string,
  offered: ReadonlySet<string>,
  images: Images,
): void {
  for (const [index, value] of parts.entries()) {
    const part = asObject(value, `${where}[${index}]`);
    if (!offered.has(String(part.type)))
      throw new ModelError(
        "unsupported_content",
        `Content of the type ${JSON.stringify(part.type)?.slice(0, 60)} is not offered here; text and images are.`,
        { param: `${where}[${index}].type` },
      );
    if (part.type === "image_url" || part.type === "input_image")
      countImage(part.image_url, `${where}[${index}].image_url`, images);
  }
}

function countImage(image: unknown, param: string, images: Images): void {
  const url = typeof image === "string" ? image : (image as Fields | null | undefined)?.url;
  if (typeof url !== "string" || !/^data:image\/[a-z+.-]+;base64,/i.test(url))
    throw new ModelError(
      "unsupported_content",
      "An image must be in the request itself, as data:image/…;base64,…; links are not followed.",
      { param },
    );
  images.count += 1;
  images.bytes += url.length;
}

function asArray(value: unknown, param: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new ModelError("invalid_value", `\`${param}\` must be a list.`, { param });
}

function asObject(value: unknown, param: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new ModelError("invalid_value", `\`${param}\` must be an object.`, { param });
}
