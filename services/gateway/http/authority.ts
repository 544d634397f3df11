import type { IncomingMessage } from "node:http";

/** Where a request goes: one host that every part of the request agrees on, and a path. */
export interface RequestTarget {
  /** Lower case, without port and trailing dot. */
  hostname: string;
  /** Begins with one slash; query included. */
  path: string;
}

const HOSTNAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*$/;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * Reads the Host header and the request line. Null for anything two readers could understand differently: no
 * Host, two Hosts, user info, a bad port, an absolute URL that names another host, `*`.
 */
export function readTarget(request: IncomingMessage): RequestTarget | null {
  const hosts = request.headersDistinct.host;
  if (hosts?.length !== 1) return null;
  const hostname = parseAuthority(hosts[0]!);
  const url = request.url ?? "";
  if (hostname === null || !VISIBLE_ASCII.test(url)) return null;
  if (url.startsWith("/")) return { hostname, path: url };
  const absolute = /^https?:\/\/([^/?#]*)(\/[^#]*)?$/i.exec(url);
  if (!absolute || parseAuthority(absolute[1]!) !== hostname) return null;
  return { hostname, path: absolute[2] ?? "/" };
}

/** `Host[.][:port]` → `host`; null when it is anything else. */
export function parseAuthority(authority: string): string | null {
  const match = /^([A-Za-z0-9_.-]+?)\.?(?::(\d{1,5}))?$/.exec(authority);
  if (!match || (match[2] !== undefined && Number(match[2]) > 65535)) return null;
  const hostname = match[1]!.toLowerCase();
  return HOSTNAME.test(hostname) ? hostname : null;
}
