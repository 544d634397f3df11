import type { IncomingMessage } from "node:http";
import type { LoggedCallback } from "../../../shared/contracts/mock-api-log.ts";
import { valueAt } from "../../../shared/mock-api/collection-shape.ts";
import type { CompiledOperation } from "../../../shared/mock-api/compile/compiled-api.ts";
import type { Parameters } from "../request/read-parameters.ts";

const MAX_URL = 500;

/** What a runtime expression of the document may speak of. */
export interface CallbackScene {
  request: IncomingMessage;
  parameters: Parameters;
  body: unknown;
  status: number;
  answer: unknown;
}

/** The callbacks that a real service would now make. They are only noted: nothing is ever sent out. */
export function callbacksOf({ callbacks }: CompiledOperation, scene: CallbackScene): LoggedCallback[] {
  return callbacks.map(({ name, method, expression }) => ({
    name: name.slice(0, 100),
    method,
    url: expression
      .replace(/\{(\$[^{}]+)\}|^(\$[^{}]+)$/g, (_whole, inner, bare) => evaluate(inner ?? bare, scene))
      .slice(0, MAX_URL),
  }));
}

/** A runtime expression such as `$request.body#/callbackUrl`; empty where it leads nowhere. */
function evaluate(expression: string, { request, parameters, body, status, answer }: CallbackScene): string {
  if (expression === "$url") return request.url ?? "";
  if (expression === "$method") return request.method ?? "";
  if (expression === "$statusCode") return String(status);
  const [, side, place, rest = ""] =
    /^\$(request|response)\.(body|path|query|header)[.#]?(.*)$/.exec(expression) ?? [];
  if (place === "body") {
    const path = rest
      .split("/")
      .slice(1)
      .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    return textOf(valueAt(side === "request" ? body : answer, path));
  }
  if (side !== "request") return "";
  if (place === "header") return textOf(request.headers[rest.toLowerCase()]);
  return textOf(place === "path" || place === "query" ? parameters[place].get(rest) : undefined);
}

function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
