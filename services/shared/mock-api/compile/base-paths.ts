import { isObject, objectAt } from "./document.ts";

const MAX_BASES = 20;
const VARIABLE = /\{([^{}]+)\}/g;

/** Paths of all servers, without a slash at the end; variables are what they may be. Empty for no server at all. */
export function basePaths(servers: unknown): string[] {
  const bases = new Set<string>();
  for (const server of Array.isArray(servers) ? servers : [])
    if (isObject(server) && typeof server.url === "string")
      for (const url of spelledOut(server.url, objectAt(server, "variables"))) bases.add(pathOf(url));
  return bases.size > 0 ? [...bases].slice(0, MAX_BASES) : [""];
}

/** Where programs reach a mock API: what its operations' paths follow. @param servers of its document */
export function mockApiBaseUrl(hostname: string, servers: unknown): string {
  return `http://${hostname}${basePaths(servers)[0]!}`;
}

function spelledOut(url: string, variables: Record<string, unknown>): string[] {
  let urls = [url];
  for (const [whole, name] of url.matchAll(VARIABLE)) {
    const variable = objectAt(variables, name!);
    const listed = Array.isArray(variable.enum) ? variable.enum.map(String) : [];
    const values = new Set([String(variable.default ?? listed[0] ?? name), ...listed]);
    urls = urls
      .flatMap((one) => [...values].map((value) => one.replace(whole, () => value)))
      .slice(0, MAX_BASES);
  }
  return urls;
}

function pathOf(url: string): string {
  try {
    return new URL(url, "http://mock.internal/").pathname.replace(/\/+$/, "");
  } catch {
    return "";
  }
}
