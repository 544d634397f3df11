import { type Place, placeAt, UnreadableDocumentError } from "./issue.ts";
import { LIMITS } from "./limits.ts";
import { locateInJson, readJson } from "./read-json.ts";
import { locateInYaml, readYaml } from "./read-yaml.ts";
import { settleTree } from "./settle-tree.ts";

/** One file as it was read: a tree of JSON values. */
export interface Source {
  value: unknown;
  /** Size of the text. */
  bytes: number;
  /** Where pointers point to in the text; those not found are left out. */
  locate(pointers: readonly string[]): Map<string, Place>;
}

/** Gives the bytes of a file, or its first ones; the same each time. A large text is read again sooner than kept. */
export type ReadBytes = (first?: number) => Uint8Array;

/**
 * Reads JSON or YAML; which of both it is, the text tells and not its name.
 * @throws UnreadableDocumentError
 */
export function readSource(read: ReadBytes): Source {
  const { value, shared, isJson, bytes } = readBytes(read());
  // Found again only where something is to be said: most documents never pay for it.
  const locate = (pointers: readonly string[]) => {
    if (pointers.length === 0) return new Map<string, Place>();
    const text = decode(read());
    const offsets = (isJson ? locateInJson : locateInYaml)(text, pointers);
    return new Map([...offsets].map(([pointer, offset]) => [pointer, placeAt(text, offset)]));
  };
  try {
    settleTree(value, { shared });
  } catch (error) {
    if (!(error instanceof UnreadableDocumentError) || error.place) throw error;
    const place = locate([error.pointer]).get(error.pointer) ?? null;
    throw new UnreadableDocumentError(error.rule, error.message, { pointer: error.pointer, place });
  }
  return { value, bytes, locate };
}

/** Of its own, so that nothing holds on to the bytes and the text. */
function readBytes(bytes: Uint8Array): ReadText & { bytes: number } {
  return { ...readText(decode(bytes), bytes.length), bytes: bytes.length };
}

interface ReadText {
  value: unknown;
  /** Whether one object may be in several places. */
  shared: boolean;
  isJson: boolean;
}

/** YAML may begin with a brace, too; what is said of a text that is neither is what JSON says. */
function readText(text: string, bytes: number): ReadText {
  if (!/^\s*[{[]/.test(text.slice(0, 1000))) {
    if (bytes > LIMITS.yamlBytes) throw tooMuchYaml();
    return { ...readYaml(text), isJson: false };
  }
  try {
    return { value: readJson(text), shared: false, isJson: true };
  } catch (error) {
    if (!(error instanceof UnreadableDocumentError) || error.rule !== "syntax") throw error;
    try {
      return { ...readYaml(text), isJson: false };
    } catch {
      throw error;
    }
  }
}

function tooMuchYaml(): UnreadableDocumentError {
  const [yaml, json] = [LIMITS.yamlBytes, LIMITS.bytes].map((bytes) => bytes / 1024 / 1024);
  return new UnreadableDocumentError(
    "too-large",
    `A document in YAML may have ${yaml} MB, and one in JSON ${json} MB. Convert it to JSON, or leave out operations that candidates do not need.`,
  );
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > LIMITS.bytes)
    throw new UnreadableDocumentError(
      "too-large",
      `The document is larger than ${LIMITS.bytes / 1024 / 1024} MB.`,
    );
  const encoding = encodingOf(bytes);
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (text.trim() === "") throw new UnreadableDocumentError("empty", "The document is empty.");
    return text;
  } catch (error) {
    if (error instanceof UnreadableDocumentError) throw error;
    throw new UnreadableDocumentError("encoding", `The document is not ${encoding.toUpperCase()} text.`);
  }
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}
