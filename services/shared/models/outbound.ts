import { type LookupAddress, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { promisify } from "node:util";
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { ForbiddenAddressError, isForbiddenAddress } from "./forbidden-address.ts";

export interface OutboundOptions {
  /** An HTTP proxy by which requests leave, for example `http://proxy.example.com:3128`; empty: there is none. */
  proxyUrl?: string;
  /** Hosts that are reached directly, as in NO_PROXY: `localhost,.example.internal`. */
  noProxy?: string;
  connectTimeoutMs?: number;
  /** How long an answer may not begin. */
  headersTimeoutMs?: number;
  /** How long an answer that has begun may be silent. */
  bodyTimeoutMs?: number;
  /** Connections to one upstream at once; null: as many as it takes. */
  connections?: number | null;
}

/** A way out to upstreams, with connections of its own. Whoever opens it closes it. */
export interface Outbound {
  dispatcher: Dispatcher;
  /** @throws ForbiddenAddressError when the request would go where no upstream is */
  check(url: URL): Promise<void>;
  close(): Promise<void>;
}

const DEFAULT_CONNECT_MS = 5000;

/**
 * Opens connections only to addresses that are not forbidden. The address is checked as it is connected to, after names
 * were resolved: a name that answers differently the second time gains nothing. By way of a proxy it is the proxy that
 * resolves names, so there a name is checked as this machine resolves it, where it does.
 */
export function openOutbound(options: OutboundOptions = {}): Outbound {
  const { proxyUrl = "", noProxy = "", connectTimeoutMs: timeout = DEFAULT_CONNECT_MS } = options;
  const agentOptions: Agent.Options = {
    connect: guarded(buildConnector({ timeout, allowH2: false, lookup: guardedLookup })),
    headersTimeout: options.headersTimeoutMs,
    bodyTimeout: options.bodyTimeoutMs,
    connections: options.connections ?? null,
    allowH2: false,
  };
  const dispatcher = proxyUrl
    ? new EnvHttpProxyAgent({ ...agentOptions, httpProxy: proxyUrl, httpsProxy: proxyUrl, noProxy })
    : new Agent(agentOptions);
  return {
    dispatcher,
    check: (url) => checkHost(url.hostname, proxyUrl !== ""),
    close: () => dispatcher.destroy(),
  };
}

/** `net.connect` looks up no literal, so these are refused here. */
function guarded(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    if (isForbiddenAddress(options.hostname))
      return callback(new ForbiddenAddressError(options.hostname), null);
    connect(options, callback);
  };
}

const guardedLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    if (addresses.some(({ address }) => isForbiddenAddress(address)))
      return done(new ForbiddenAddressError(hostname), []);
    if (options.all) return done(null, addresses);
    const [first] = addresses;
    done(null, first!.address, first!.family);
  });
};

const resolve = promisify(lookup);

async function checkHost(host: string, byProxy: boolean): Promise<void> {
  if (isForbiddenAddress(host)) throw new ForbiddenAddressError(host);
  if (!byProxy) return;
  const addresses = await resolve(host, { all: true }).catch((): LookupAddress[] => []);
  if (addresses.some(({ address }) => isForbiddenAddress(address))) throw new ForbiddenAddressError(host);
}
