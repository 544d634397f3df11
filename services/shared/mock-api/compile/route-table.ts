/** Identifiers longer than this name nothing. */
const MAX_SEGMENT = 500;

/** A part of a path template between slashes: literal text and parameters in turn, `texts` one longer than `names`. */
interface Segment {
  texts: string[];
  names: string[];
}

interface Node<T> {
  /** By the decoded text of a segment without parameters. */
  literals: Map<string, Node<T>>;
  /** Segments with parameters, those with more literal text first. */
  patterns: { segment: Segment; key: string; node: Node<T> }[];
  value: T | undefined;
  /** Names of the parameters on the way here, in order. */
  names: string[];
}

export interface RouteMatch<T> {
  value: T;
  /** As they were sent, still percent-encoded: styles are taken apart before decoding. */
  parameters: Map<string, string>;
}

/**
 * Finds the path template of a request. Concrete paths go before templated ones; every node of the tree is looked at
 * once at most, so a request costs no more than the document has paths.
 */
export class RouteTable<T> {
  readonly #root: Node<T> = emptyNode();

  /** @throws Error when two parameters touch, or another template matches exactly the same paths */
  add(template: string, value: T): void {
    let node = this.#root;
    const names: string[] = [];
    for (const text of template.split("/").slice(1)) {
      const segment = parseSegment(template, text);
      names.push(...segment.names);
      node = segment.names.length === 0 ? literalChild(node, text) : patternChild(node, segment);
    }
    if (node.value !== undefined) throw new Error(`another path matches the same requests as ${template}`);
    node.value = value;
    node.names = names;
  }

  /** @param path without query, percent-encoded, known to decode */
  find(path: string): RouteMatch<T> | null {
    const segments = path.split("/").slice(1);
    if (segments.length > 100) return null;
    const values: string[] = [];
    const found = walk(this.#root, segments, 0, values);
    if (!found) return null;
    const parameters = new Map(found.names.map((name, index) => [name, values[index]!]));
    return { value: found.value!, parameters };
  }
}

function walk<T>(node: Node<T>, segments: string[], index: number, values: string[]): Node<T> | null {
  if (index === segments.length) return node.value === undefined ? null : node;
  const text = segments[index]!;
  const literal = node.literals.get(text.includes("%") ? decodeURIComponent(text) : text);
  const found = literal && walk(literal, segments, index + 1, values);
  if (found) return found;
  for (const { segment, node: next } of node.patterns) {
    const before = values.length;
    if (!matchSegment(segment, text, values)) continue;
    const deeper = walk(next, segments, index + 1, values);
    if (deeper) return deeper;
    values.length = before;
  }
  return null;
}

/** Parameters are never empty and, but for the last, as short as they can be. */
function matchSegment({ texts, names }: Segment, text: string, values: string[]): boolean {
  if (text.length > MAX_SEGMENT || !text.startsWith(texts[0]!)) return false;
  let position = texts[0]!.length;
  const last = names.length - 1;
  const found: string[] = [];
  for (let index = 0; index <= last; index++) {
    const next = texts[index + 1]!;
    const end =
      index === last
        ? text.endsWith(next)
          ? text.length - next.length
          : -1
        : text.indexOf(next, position + 1);
    if (end <= position) return false;
    found.push(text.slice(position, end));
    position = end + next.length;
  }
  values.push(...found);
  return true;
}

function parseSegment(template: string, text: string): Segment {
  const parts = text.split(/\{([^{}]+)\}/);
  const texts = parts.filter((_part, index) => index % 2 === 0);
  const names = parts.filter((_part, index) => index % 2 === 1);
  if (texts.slice(1, -1).includes(""))
    throw new Error(`two parameters of ${template} touch; nothing says where one ends`);
  return { texts, names };
}

function literalChild<T>(node: Node<T>, text: string): Node<T> {
  const child = node.literals.get(text) ?? emptyNode<T>();
  node.literals.set(text, child);
  return child;
}

function patternChild<T>(node: Node<T>, segment: Segment): Node<T> {
  const key = segment.texts.join("{}");
  const known = node.patterns.find((one) => one.key === key);
  if (known) return known.node;
  const child = emptyNode<T>();
  node.patterns.push({ segment, key, node: child });
  node.patterns.sort((left, right) => right.key.length - left.key.length);
  return child;
}

function emptyNode<T>(): Node<T> {
  return { literals: new Map(), patterns: [], value: undefined, names: [] };
}
