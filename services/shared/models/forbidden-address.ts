import { BlockList, isIP } from "node:net";

/**
 * Where a machine's cloud tells it its own credentials, and the link-local neighbourhood: no upstream is there, and who
 * may set one up must not read the host's secrets through it. Private addresses are allowed, for models of the house.
 */
const FORBIDDEN = new BlockList();
FORBIDDEN.addSubnet("169.254.0.0", 16, "ipv4");
FORBIDDEN.addSubnet("fe80::", 10, "ipv6");
/** Metadata services outside of it: Alibaba Cloud, Oracle Cloud, Azure's host, AWS and Google over IPv6. */
for (const address of ["100.100.100.200", "192.0.0.192", "168.63.129.16"])
  FORBIDDEN.addAddress(address, "ipv4");
FORBIDDEN.addAddress("fd00:ec2::254", "ipv6");
FORBIDDEN.addAddress("fd20:ce::254", "ipv6");
/** 169.254.0.0/16 as translators spell it: NAT64, 6to4, and the old IPv4-compatible form. */
FORBIDDEN.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
FORBIDDEN.addSubnet("2002:a9fe::", 32, "ipv6");
FORBIDDEN.addSubnet("::a9fe:0", 112, "ipv6");

/** @param address IPv4 or IPv6, also IPv4 mapped into IPv6; a name is not forbidden */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const family = isIP(bare);
  return family !== 0 && FORBIDDEN.check(bare, family === 4 ? "ipv4" : "ipv6");
}

export class ForbiddenAddressError extends Error {
  readonly code = "FORBIDDEN_ADDRESS";
  constructor(host: string) {
    super(`${host} is a link-local address or a cloud's metadata service`);
    this.name = "ForbiddenAddressError";
  }
}
