/** An OpenAPI document as it was answered: nothing in it is certain. */
export type LooseDocument = Record<string, unknown>;
export type Credentials = Record<
  string,
  { token?: string; value?: string; username?: string; password?: string }
>;

const VARIABLE = /\{([^{}]+)\}/g;

/** The document with the trial instance as its only server, wherever it names servers. */
export function consoleDocument(document: LooseDocument, address: string): LooseDocument {
  const paths = Object.entries(objectOf(document.paths)).map(([path, item]) => [
    path,
    redirected(
      Object.fromEntries(
        Object.entries(objectOf(item)).map(([name, part]) => [name, redirected(part, address)]),
      ),
      address,
    ),
  ]);
  return {
    ...document,
    servers: [{ url: address + basePathOf(document.servers) }],
    paths: Object.fromEntries(paths) as LooseDocument,
  };
}

/** What to send as each of the document's security schemes, so that a request is let in by any of them. */
export function credentialsFor(document: LooseDocument, apiKey: string | null): Credentials {
  if (apiKey === null) return {};
  const schemes = Object.entries(objectOf(objectOf(document.components).securitySchemes));
  return Object.fromEntries(
    schemes.map(([name, scheme]) => {
      const { type, scheme: kind } = objectOf(scheme);
      if (type === "apiKey") return [name, { value: apiKey }];
      if (type === "http" && String(kind).toLowerCase() === "basic")
        return [name, { username: "key", password: apiKey }];
      return [name, { token: apiKey }];
    }),
  );
}

/** Path of the first server with its variables at their defaults, without a slash at the end. */
export function basePathOf(servers: unknown): string {
  const server = Array.isArray(servers) ? objectOf(servers[0]) : {};
  if (typeof server.url !== "string") return "";
  const variables = objectOf(server.variables);
  const url = server.url.replace(VARIABLE, (_whole, name: string) => {
    const { default: usual, enum: listed } = objectOf(variables[name]);
    return String(usual ?? (Array.isArray(listed) ? listed[0] : undefined) ?? name);
  });
  try {
    return new URL(url, "http://mock.internal/").pathname.replace(/\/+$/, "");
  } catch {
    return "";
  }
}

function redirected(part: unknown, address: string): unknown {
  if (!isObject(part) || !Array.isArray(part.servers)) return part;
  return { ...part, servers: [{ url: address + basePathOf(part.servers) }] };
}

function objectOf(value: unknown): LooseDocument {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is LooseDocument {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
