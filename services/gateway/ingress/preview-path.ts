import type { SandboxOrigin } from "./origin.ts";

/**
 * Where a path of a sandbox origin is on the IDE's server: itself, or under `/proxy/<port>` for a preview.
 * Null when the path climbs (`..`), which no browser sends and which would leave the preview.
 */
export function pathInsideSandbox(origin: SandboxOrigin, path: string): string | null {
  if (origin.target === "ide") return path;
  const pathname = path.split("?", 1)[0]!;
  const climbs = pathname.split(/[/\\]/).some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));
  return climbs ? null : `/proxy/${origin.target}${path}`;
}

/**
 * Maps a redirect of the app back to its preview origin: the IDE's proxy puts `/proxy/<port>` before absolute
 * paths, and apps that believe to be at localhost name that.
 */
export function locationOutside(origin: SandboxOrigin, location: string): string {
  if (origin.target === "ide") return location;
  const prefix = `/proxy/${origin.target}`;
  if (location === prefix) return "/";
  if (location.startsWith(`${prefix}/`) || location.startsWith(`${prefix}?`))
    return rooted(location.slice(prefix.length));
  const absolute = /^https?:\/\/([^/?#]+)(.*)$/i.exec(location);
  if (!absolute) return location;
  const [, authority, rest] = absolute as unknown as [string, string, string];
  const isInside = [`localhost:${origin.target}`, `127.0.0.1:${origin.target}`, `0.0.0.0:${origin.target}`];
  return isInside.includes(authority.toLowerCase()) ? rooted(rest) : location;
}

/** A path, whatever it began with: `//host` would name another host. */
function rooted(path: string): string {
  return `/${path.replace(/^[/\\]+/, "")}`;
}
