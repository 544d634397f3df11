import { CORE_SCHEMA, type LoaderState, load, types, YAMLException } from "js-yaml";
import { UnreadableDocumentError } from "./issue.ts";
import { keysOf } from "./json-scanner.ts";
import { LIMITS } from "./limits.ts";

/** Null, booleans, numbers, strings, sequences, mappings and merge keys: what JSON has, and nothing that runs. */
const SCHEMA = CORE_SCHEMA.extend([types.merge]);

const OPTIONS = { schema: SCHEMA, maxDepth: LIMITS.depth, maxTotalMergeKeys: LIMITS.aliasedNodes };

/**
 * One YAML 1.2 document. Aliases come out as the same object in several places; `settle-tree.ts` bounds that.
 * js-yaml and not `yaml` (which the project uses elsewhere): of 20 MB it makes values in 1.2 s and 240 MB, where the
 * other takes 5 s and 1.8 GB.
 * @returns with whether there are anchors, without which no object is in two places
 * @throws UnreadableDocumentError
 */
export function readYaml(text: string): { value: unknown; shared: boolean } {
  let nodes = 0;
  let shared = false;
  const count = (event: "open" | "close", { anchor }: LoaderState) => {
    if (anchor !== null) shared = true;
    if (event === "open" && ++nodes > LIMITS.nodes)
      throw new UnreadableDocumentError(
        "too-many-values",
        `The document has more than ${LIMITS.nodes} values.`,
      );
  };
  return { value: loadText(text, count), shared };
}

function loadText(text: string, listener: (event: "open" | "close", state: LoaderState) => void): unknown {
  try {
    return load(text, { ...OPTIONS, listener });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    throw new UnreadableDocumentError(ruleOf(reason), sentenceOf(reason), {
      place: mark ? { line: mark.line + 1, column: mark.column + 1 } : null,
    });
  }
}

function ruleOf(reason: string): string {
  if (reason.includes("duplicated mapping key")) return "duplicate-key";
  if (reason.includes("maxDepth")) return "too-deep";
  if (reason.includes("unknown tag") || reason.includes("tag")) return "custom-tag";
  if (reason.includes("merge")) return "too-many-aliases";
  if (reason.includes("unidentified alias")) return "unknown-alias";
  return "syntax";
}

function sentenceOf(reason: string): string {
  switch (ruleOf(reason)) {
    case "duplicate-key":
      return "This key is there twice.";
    case "too-deep":
      return `The document nests deeper than ${LIMITS.depth} levels.`;
    case "custom-tag":
      return "YAML tags other than those of JSON's types are not allowed.";
    case "too-many-aliases":
      return "Merge keys (<<) bring in too much, or something that is not a mapping.";
    default:
      return `This is not YAML: ${reason}.`;
  }
}

/** Pointer -> offset of the value's key, or of the value in a sequence. Those that are not found are left out. */
export function locateInYaml(text: string, pointers: Iterable<string>): Map<string, number> {
  const starts = new WeakMap<object, number[]>();
  const open: { start: number; children: number[] }[] = [];
  const root = loadText(text, (event, state) => {
    if (event === "open") {
      const start = skipSpace(text, state.position);
      open.at(-1)?.children.push(start);
      open.push({ start, children: [] });
      return;
    }
    const { children } = open.pop()!;
    const { result } = state;
    if (typeof result === "object" && result !== null && children.length > 0 && !starts.has(result))
      starts.set(result, children);
  });
  const found = new Map<string, number>();
  for (const pointer of pointers) {
    const offset = follow(text, root, starts, keysOf(pointer));
    if (offset !== null) found.set(pointer, offset);
  }
  return found;
}

/** The place of the last key that can be found: of something missing, that is what it is missing in. */
function follow(
  text: string,
  root: unknown,
  starts: WeakMap<object, number[]>,
  keys: string[],
): number | null {
  let value = root;
  let offset: number | null = 0;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return offset;
    const children = starts.get(value) ?? [];
    const isList = Array.isArray(value);
    offset =
      (isList
        ? children[Number(key)]
        : children.find((start, index) => index % 2 === 0 && isKeyAt(text, start, key))) ?? offset;
    value = (value as Record<string, unknown>)[key];
  }
  return offset;
}

function isKeyAt(text: string, start: number, key: string): boolean {
  if (text.startsWith(key, start))
    return /^["']?\s*:/.test(text.slice(start + key.length, start + key.length + 20));
  const quote = text[start];
  return (
    (quote === '"' || quote === "'") &&
    text.startsWith(key, start + 1) &&
    text[start + 1 + key.length] === quote
  );
}

/** An "open" comes before the space that leads to the value. */
function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const character = text[at];
    if (character === " " || character === "\n" || character === "\r" || character === "\t") at++;
    else if (character === "#" && (at === 0 || /\s/.test(text[at - 1]!))) {
      const end = text.indexOf("\n", at);
      if (end < 0) return at;
      at = end;
    } else return at;
  }
}
