import { isPackageName } from "../../../shared/domain/package-rules.ts";
import { NPM_FILE, NPM_SELECTOR } from "./npm-names.ts";

/** What a path below `/npm/` asks for. */
export type NpmRequest =
  | { kind: "packument" | "dist-tags"; name: string }
  | { kind: "manifest"; name: string; selector: string }
  | { kind: "tarball"; name: string; file: string }
  | { kind: "audit-advisories" | "audit-report" | "search" | "ping" };

const SERVICES: ReadonlyMap<string, NpmRequest["kind"]> = new Map([
  ["-/npm/v1/security/advisories/bulk", "audit-advisories"],
  ["-/npm/v1/security/audits", "audit-report"],
  ["-/npm/v1/security/audits/quick", "audit-report"],
  ["-/v1/search", "search"],
  ["-/ping", "ping"],
]);

/** @param parts decoded, without `npm`; a scoped name may be one part or two */
export function readNpmRequest(parts: string[]): NpmRequest | null {
  const service = SERVICES.get(parts.join("/"));
  if (service) return { kind: service } as NpmRequest;
  if (parts[0] === "-") return readDistTags(parts);
  const isSplit = parts[0]?.startsWith("@") && !parts[0].includes("/");
  const [name = "", ...rest] = isSplit ? [parts.slice(0, 2).join("/"), ...parts.slice(2)] : parts;
  if (!isPackageName("npm", name)) return null;
  if (rest.length === 0 || (rest.length === 1 && rest[0] === "")) return { kind: "packument", name };
  const [first = "", file = ""] = rest;
  if (rest.length === 1 && NPM_SELECTOR.test(first)) return { kind: "manifest", name, selector: first };
  if (rest.length === 2 && first === "-" && NPM_FILE.test(file)) return { kind: "tarball", name, file };
  return null;
}

/** `-/package/<name>/dist-tags` */
function readDistTags(parts: string[]): NpmRequest | null {
  const name = parts.slice(2, -1).join("/");
  const isMeant = parts[1] === "package" && parts.at(-1) === "dist-tags" && isPackageName("npm", name);
  return isMeant ? { kind: "dist-tags", name } : null;
}
