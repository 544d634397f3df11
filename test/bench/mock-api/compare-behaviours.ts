import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BEHAVIOUR_DOCUMENT, PRISM_BEHAVIOURS, type PrismBehaviour } from "../../support/prism-behaviours.ts";
import { startPrism } from "./peers.ts";

/** Where the real Prism does not do what docs/mock-apis.md says of it. @param directory for the document */
export async function behavioursPrismLacks(directory: string): Promise<string[]> {
  const file = join(directory, "behaviours.json");
  writeFileSync(file, JSON.stringify(BEHAVIOUR_DOCUMENT));
  const prism = await startPrism(file);
  try {
    const faults: string[] = [];
    for (const behaviour of PRISM_BEHAVIOURS) faults.push(...(await faultsOf(behaviour, prism.port)));
    return faults;
  } finally {
    prism.stop();
  }
}

async function faultsOf({ name, method, path, headers, body, prism }: PrismBehaviour, port: number) {
  const init = { method, headers: headers ?? {}, ...(body === undefined ? {} : { body }) };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, init);
  const text = await answer.text();
  if (answer.status === prism.status && (!prism.holds || text.includes(prism.holds))) return [];
  return [`${name}: Prism answered ${answer.status} ${text.slice(0, 150)}`];
}
