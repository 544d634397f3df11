import type { KeyPlace, Requirement } from "./compiled-api.ts";
import { type ApiDocument, isObject, type JsonObject, pointerTo } from "./document.ts";

/**
 * What lets a request in: any of the requirements, each of which needs all its keys. None at all means that the
 * operation is open, as does an empty requirement (`{}`).
 * @throws Error when none of the alternatives can be checked
 */
export function compileSecurity(document: ApiDocument, operation: JsonObject): Requirement[] {
  const requirements = operation.security ?? document.root.security;
  if (!Array.isArray(requirements)) return [];
  const usable: Requirement[] = [];
  let refusal: Error | null = null;
  for (const requirement of requirements) {
    const names = isObject(requirement) ? Object.keys(requirement) : [];
    try {
      usable.push(
        names.map((name) =>
          keyPlace(name, document.locate(pointerTo("/components/securitySchemes", name)).value),
        ),
      );
    } catch (error) {
      refusal = error as Error;
    }
  }
  if (usable.length === 0 && refusal) throw refusal;
  return usable;
}

function keyPlace(name: string, scheme: JsonObject): KeyPlace {
  if (scheme.type === "oauth2" || scheme.type === "openIdConnect") return { in: "bearer" };
  if (scheme.type === "http") {
    const kind = String(scheme.scheme).toLowerCase();
    if (kind === "bearer" || kind === "basic") return { in: kind };
  }
  if (scheme.type === "apiKey" && typeof scheme.name === "string") {
    if (scheme.in === "header") return { in: "header", name: scheme.name.toLowerCase() };
    if (scheme.in === "query" || scheme.in === "cookie") return { in: scheme.in, name: scheme.name };
  }
  throw new Error(`security scheme "${name}" is not supported`);
}
