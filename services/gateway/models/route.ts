import type { ModelLine } from "../../shared/contracts/models.ts";
import { ModelError } from "./model-error.ts";

export const ENDPOINTS = ["chat/completions", "responses", "embeddings"] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

export type ModelRoute =
  | { kind: "list"; line: ModelLine }
  | { kind: "model"; line: ModelLine; alias: string }
  | { kind: "call"; line: ModelLine; endpoint: Endpoint };

/** The assistant has an address of its own, so that what it spends is told apart from what the candidate's programs do. */
const PREFIXES: readonly (readonly [prefix: string, line: ModelLine])[] = [
  ["/v1/", "product"],
  ["/assistant/v1/", "assistant"],
];
const OFFERED = "/v1/models, /v1/chat/completions, /v1/responses, /v1/embeddings";

/**
 * Which of the few things this is. The path is compared as it came: nothing in it is decoded or resolved first.
 * @throws ModelError unknown_url, method_not_allowed
 */
export function matchModelRoute(method: string, target: string): ModelRoute {
  const path = target.split("?", 1)[0]!;
  const [prefix, line] = PREFIXES.find(([start]) => path.startsWith(start)) ?? [];
  if (prefix === undefined || line === undefined) throw unknownUrl(method, path);
  const rest = path.slice(prefix.length);
  const endpoint = ENDPOINTS.find((name) => name === rest);
  if (endpoint) {
    if (method !== "POST") throw wrongMethod(method, path, "POST");
    return { kind: "call", line, endpoint };
  }
  const isList = rest === "models";
  if (!isList && !rest.startsWith("models/")) throw unknownUrl(method, path);
  if (method !== "GET" && method !== "HEAD") throw wrongMethod(method, path, "GET");
  return isList
    ? { kind: "list", line }
    : { kind: "model", line, alias: decode(rest.slice("models/".length)) };
}

function unknownUrl(method: string, path: string): ModelError {
  return new ModelError(
    "unknown_url",
    `Unknown request URL: ${method} ${path.slice(0, 200)}. Offered here: ${OFFERED}.`,
  );
}

function wrongMethod(method: string, path: string, right: string): ModelError {
  return new ModelError("method_not_allowed", `${path} does not take ${method}; use ${right}.`);
}

/** An alias may hold slashes, which clients write as they are or encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
