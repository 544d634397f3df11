import type { LookupAddress, LookupOptions } from "node:dns";
import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const resolveByDns: Resolve = (hostname) => lookup(hostname, { all: true });

/** An address of the open internet: neither this machine, nor its network, nor anything set aside. */
export function isPublicAddress(address: string): boolean {
  // An IPv6 address with an IPv4 one in it is judged by that. Translated ones (NAT64, 6to4, Teredo) are not public:
  // what is behind them cannot be told.
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/** Names that only mean something on a machine or in a network. */
const LOCAL_NAME = /^[^.]*$|(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|arpa)$/;

/**
 * False for what no public host is called: addresses that are not public, names of local networks. Whether a name has
 * a public address, only connecting tells ({@link publicLookup}); behind a proxy, the proxy has to.
 */
export function mayBePublic(url: URL): boolean {
  const hostname = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (ipaddr.isValid(hostname)) return isPublicAddress(hostname);
  return !LOCAL_NAME.test(hostname);
}

export class AddressRefused extends Error {
  constructor(hostname: string) {
    super(`${hostname} has no public address`);
    this.name = "AddressRefused";
  }
}

/**
 * For sockets: resolves a name to its public addresses. The socket connects to what this answers and does not ask
 * again, so a name cannot be public when it is checked and private when it is connected to.
 */
export function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname: string, options: LookupOptions, done): void => {
    resolve(hostname).then(
      (found) => {
        const [first, ...rest] = found.filter(({ address }) => isPublicAddress(address));
        if (!first) done(new AddressRefused(hostname), "", 0);
        else if (options.all) done(null, [first, ...rest]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, "", 0),
    );
  };
}
