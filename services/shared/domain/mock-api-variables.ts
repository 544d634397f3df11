export interface MockApiVariables {
  /** Names of variables of the sandbox. */
  address: string;
  key: string;
}

/** Nothing that a shell, a loader or a language listens to is called so. */
const KEY_NAME = /^[A-Z][A-Z0-9_]*_(KEY|TOKEN|SECRET)$/;

/**
 * The variables of a sandbox that hold where its mock APIs are and their keys: `helpdesk.internal` has
 * HELPDESK_BASE_URL and HELPDESK_API_KEY. Its bindings may call the key otherwise, with a name that ends in _KEY,
 * _TOKEN or _SECRET and that no other mock API of the sandbox uses.
 * @param apis in the order of their hostnames, so that everybody finds the same names
 */
export function nameVariables(
  apis: readonly { hostname: string; wanted: string | null }[],
): Map<string, MockApiVariables> {
  const prefixes = new Map(apis.map(({ hostname }) => [hostname, prefixOf(hostname)]));
  const taken = new Set([...prefixes.values()].map((prefix) => `${prefix}_API_KEY`));
  const names = new Map<string, MockApiVariables>();
  for (const { hostname, wanted } of apis) {
    const prefix = prefixes.get(hostname)!;
    const isFree = wanted !== null && KEY_NAME.test(wanted) && !taken.has(wanted);
    const key = isFree ? wanted : `${prefix}_API_KEY`;
    taken.add(key);
    names.set(hostname, { address: `${prefix}_BASE_URL`, key });
  }
  return names;
}

function prefixOf(hostname: string): string {
  return hostname
    .replace(/\.internal$/, "")
    .replaceAll("-", "_")
    .toUpperCase();
}
