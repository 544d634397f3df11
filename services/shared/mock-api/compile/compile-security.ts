import type { KeyPlace } from "./compiled-api.ts";
import { type ApiDocument, isObject, type JsonObject, pointerTo } from "./document.ts";

/** Where a key may be. One scheme per alternative; an empty alternative (`{}`) opens the operation to all. @throws Error */
export function compileSecurity(document: ApiDocument, operation: JsonObject): KeyPlace[] {
  const requirements = operation.security ?? document.root.security;
  if (!Array.isArray(requirements)) return [];
  const places: KeyPlace[] = [];
  for (const requirement of requirements) {
    const names = isObject(requirement) ? Object.keys(requirement) : [];
    if (names.length === 0) return [];
    if (names.length > 1) throw new Error("security requirements that combine schemes are not supported");
    const { value } = document.locate(pointerTo("/components/securitySchemes", names[0]!));
    places.push(keyPlace(names[0]!, value));
  }
  return places;
}

function keyPlace(name: string, scheme: JsonObject): KeyPlace {
  if (scheme.type === "http" && String(scheme.scheme).toLowerCase() === "bearer") return { in: "bearer" };
  if (scheme.type === "apiKey" && typeof scheme.name === "string") {
    if (scheme.in === "header") return { in: "header", name: scheme.name.toLowerCase() };
    if (scheme.in === "query") return { in: "query", name: scheme.name };
  }
  throw new Error(`security scheme "${name}" is not supported`);
}
