/** What is left of a name when spelling does not count: `Ticket-IDs`, `ticket_ids` and `ticketIds` are the same. */
export function plain(name: string): string {
  const known = PLAIN.get(name);
  if (known !== undefined) return known;
  const found = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (PLAIN.size >= MOST_KNOWN) PLAIN.clear();
  PLAIN.set(name, found);
  return found;
}

/** Every resource is compared with every table, so that the same names come thousands of times. */
const PLAIN = new Map<string, string>();
const MOST_KNOWN = 20_000;

/** Singular of an English noun, as well as rules can tell; of anything else, something just as good to compare. */
export function singular(name: string): string {
  const word = plain(name);
  if (/(ss|us|is|news|data)$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|sses|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** As the bindings allow it: `^[a-z][A-Za-z0-9_]{0,62}$`. */
export function bindingName(name: string, taken: ReadonlySet<string> = new Set()): string {
  const clean = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const start = clean === "" ? "item" : /^[A-Za-z]/.test(clean) ? clean : `n${clean}`;
  const base = (start[0]!.toLowerCase() + start.slice(1)).slice(0, 58);
  let found = base;
  for (let number = 2; taken.has(found); number++) found = `${base}_${number}`;
  return found;
}

/** How alike two names of things are: 1 the same, 0.6 one within the other, else 0. */
export function likeness(left: string, right: string): number {
  const [one, other] = [singular(left), singular(right)];
  if (one === other) return 1;
  if (one.length < 4 || other.length < 4) return 0;
  return one.endsWith(other) || other.endsWith(one) || one.startsWith(other) || other.startsWith(one)
    ? 0.6
    : 0;
}
