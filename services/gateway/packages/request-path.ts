/**
 * Splits a path at its slashes and decodes each part once. Null for what does not decode. Parts are compared with what
 * names look like and never become part of a path on the disk.
 */
export function pathParts(url: string): string[] | null {
  const path = url.split("?", 1)[0]!;
  try {
    return path.slice(1).split("/").map(decodeURIComponent);
  } catch {
    return null;
  }
}
