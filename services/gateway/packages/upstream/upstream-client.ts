import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import { Agent, type Dispatcher, ProxyAgent, request } from "undici";
import { mayBePublic, publicLookup, type Resolve, resolveByDns } from "./address-rules.ts";
import { UpstreamError } from "./upstream-error.ts";

const MAX_REDIRECTS = 5;
const MAX_URL = 4096;

export interface UpstreamTimeouts {
  connectMs: number;
  /** From a request to the head of its answer. */
  headersMs: number;
  /** Without a byte of a body. */
  idleMs: number;
}

export interface UpstreamClientParts {
  registries: readonly Registry[];
  /** `host` or `host:port`, which may have any address. */
  fileHosts: readonly string[];
  outboundProxy: string;
  resolve?: Resolve;
  timeouts?: Partial<UpstreamTimeouts>;
}

export interface UpstreamAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
  /** Where the answer came from, after redirects. */
  url: URL;
}

/** A registry as it is configured: where it is, and what it is told about who asks. */
export interface Registry {
  /** Without credentials and without a slash at the end. */
  url: string;
  origin: string;
  authorization: string | undefined;
}

/** @param address a setting: user and password become Basic credentials, a password alone a bearer token */
export function registryAt(address: string): Registry {
  const url = new URL(address);
  const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  url.username = "";
  url.password = "";
  const basic = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const bearer = password === "" ? undefined : `Bearer ${password}`;
  return {
    url: url.href.replace(/\/+$/, ""),
    origin: url.origin,
    authorization: user === "" ? bearer : basic,
  };
}

/**
 * The mirror's only way out. It reaches the registries and the file hosts of the settings wherever they are, and other
 * hosts by public addresses alone. Nothing of a candidate's request goes along.
 */
export class UpstreamClient {
  readonly #registries: readonly Registry[];
  readonly #fileHosts: ReadonlySet<string>;
  readonly #trusted: Dispatcher;
  readonly #public: Dispatcher;

  constructor({ registries, fileHosts, outboundProxy, resolve, timeouts }: UpstreamClientParts) {
    this.#registries = registries;
    this.#fileHosts = new Set(fileHosts);
    const { connectMs, headersMs, idleMs } = { ...TIMEOUTS, ...timeouts };
    const limits = { headersTimeout: headersMs, bodyTimeout: idleMs, maxHeaderSize: 32 * 1024 };
    const connect = { timeout: connectMs };
    if (outboundProxy !== "") {
      this.#trusted = new ProxyAgent({ uri: outboundProxy, ...limits, connectTimeout: connectMs });
      this.#public = this.#trusted;
    } else {
      this.#trusted = new Agent({ ...limits, connect });
      this.#public = new Agent({
        ...limits,
        connect: { ...connect, lookup: publicLookup(resolve ?? resolveByDns) },
      });
    }
  }

  /**
   * Follows redirects within the registry, the host of `url` and the file hosts of the settings, and nowhere else.
   * @param url of the registry itself, or of a file as the registry's metadata name it
   * @throws UpstreamError, also for a place that may not be asked
   */
  async get(
    url: URL,
    headers: Record<string, string>,
    registry: Registry,
    signal: AbortSignal,
  ): Promise<UpstreamAnswer> {
    const origins = new Set([registry.origin, url.origin]);
    let at = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const answer = await this.#ask(at, headers, registry, signal);
      const { location } = answer.headers;
      if (![301, 302, 303, 307, 308].includes(answer.statusCode))
        return { status: answer.statusCode, headers: answer.headers, body: answer.body, url: at };
      answer.body.destroy();
      answer.body.on("error", () => {});
      at = redirectTarget(location, at);
      if (!origins.has(at.origin) && !this.#isFileHost(at))
        throw new UpstreamError(`${url.host} redirects to ${at.host}, which may not be asked`);
    }
    throw new UpstreamError(`${url.host} redirects too often`);
  }

  async close(): Promise<void> {
    await Promise.all([this.#trusted.destroy(), this.#public.destroy()]);
  }

  /** A host without a port stands for the port of the protocol. */
  #isFileHost(url: URL): boolean {
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    return this.#fileHosts.has(url.host) || this.#fileHosts.has(`${url.hostname}:${port}`);
  }

  async #ask(
    url: URL,
    headers: Record<string, string>,
    registry: Registry,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    if (url.protocol !== "https:" && url.protocol !== "http:")
      throw new UpstreamError(`${url.protocol} is no protocol of a registry`);
    if (url.username !== "" || url.password !== "" || url.href.length > MAX_URL)
      throw new UpstreamError("the registry names an address that may not be asked");
    const isRegistry = this.#registries.some(({ origin }) => origin === url.origin);
    const isTrusted = isRegistry || this.#isFileHost(url);
    if (!isTrusted && !mayBePublic(url))
      throw new UpstreamError(`${url.host} is no public host; see WORKSAMPLE_PACKAGE_FILE_HOSTS`);
    const authorization = url.origin === registry.origin ? registry.authorization : undefined;
    try {
      return await request(url, {
        method: "GET",
        dispatcher: isTrusted ? this.#trusted : this.#public,
        headers: { "user-agent": "worksample", ...headers, ...(authorization ? { authorization } : {}) },
        signal,
      });
    } catch (error) {
      throw new UpstreamError(`${url.host} could not be asked: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

const TIMEOUTS: UpstreamTimeouts = { connectMs: 10_000, headersMs: 20_000, idleMs: 30_000 };

function redirectTarget(location: string | string[] | undefined, from: URL): URL {
  const target = typeof location === "string" ? URL.parse(location, from) : null;
  if (!target) throw new UpstreamError(`${from.host} redirects to nowhere`);
  return target;
}
