import { readFile } from "node:fs/promises";

const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt", // Debian, Ubuntu, Alpine
  "/etc/pki/tls/certs/ca-bundle.crt", // Fedora, RHEL
  "/etc/ssl/ca-bundle.pem", // SUSE
  "/etc/ssl/cert.pem", // macOS
];

/**
 * The certificate authorities this host trusts, so that a build works behind a proxy that inspects TLS.
 * Empty when there are none to be found: the images then trust Debian's own set alone.
 */
export async function readHostCaBundle(environment = process.env): Promise<Buffer> {
  const named = [environment.NODE_EXTRA_CA_CERTS, environment.SSL_CERT_FILE].filter(
    (path) => path !== undefined,
  );
  const found: Buffer[] = [];
  for (const path of new Set(named)) found.push(await readFile(path).catch(() => Buffer.alloc(0)));
  for (const path of BUNDLES) {
    if (named.includes(path)) continue;
    found.push(await readFile(path).catch(() => Buffer.alloc(0)));
  }
  return Buffer.concat(found);
}

const PROXY_VARIABLES = ["http_proxy", "https_proxy", "no_proxy"];

/** Proxy settings of this host as build arguments; Docker keeps these out of the image. */
export function proxyBuildArgs(environment = process.env): Record<string, string> {
  const args: Record<string, string> = {};
  for (const name of PROXY_VARIABLES) {
    const value = environment[name] ?? environment[name.toUpperCase()];
    if (value) args[name] = value;
  }
  return args;
}
