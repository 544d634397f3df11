/** Only a path of our own is followed after signing in: never another site. Judged as a browser would read it. */
export function safeNext(value: unknown): string | undefined {
  if (typeof value !== "string" || !value.startsWith("/")) return undefined;
  const home = "https://worksample.invalid";
  try {
    const url = new URL(value, home);
    return url.origin === home ? url.pathname + url.search + url.hash : undefined;
  } catch {
    return undefined;
  }
}
