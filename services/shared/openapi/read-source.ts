import { type Place, placeAt, UnreadableDocumentError } from "./issue.ts";
import { LIMITS } from "./limits.ts";
import { locateInJson, readJson } from "./read-json.ts";
import { locateInYaml, readYaml } from "./read-yaml.ts";
import { settleTree } from "./settle-tree.ts";

/** One file as it was read: a tree of JSON values. */
export interface Source {
  value: unknown;
  /** Where pointers point to in the text; those not found are left out. */
  locate(pointers: readonly string[]): Map<string, Place>;
}

/**
 * Reads JSON or YAML; which of both it is, the text tells and not its name.
 * @throws UnreadableDocumentError
 */
export function readSource(bytes: Uint8Array): Source {
  const text = decode(bytes);
  const isJson = /^\s*[{[]/.test(text.slice(0, 1000));
  const read = isJson ? readJsonOrYaml(text) : { value: readYaml(text), isJson: false };
  // Found again only where something is to be said: most documents never pay for it.
  const locate = (pointers: readonly string[]) => {
    const offsets = (read.isJson ? locateInJson : locateInYaml)(text, pointers);
    return new Map([...offsets].map(([pointer, offset]) => [pointer, placeAt(text, offset)]));
  };
  try {
    settleTree(read.value, { shared: !read.isJson });
  } catch (error) {
    if (!(error instanceof UnreadableDocumentError) || error.place) throw error;
    const place = locate([error.pointer]).get(error.pointer) ?? null;
    throw new UnreadableDocumentError(error.rule, error.message, { pointer: error.pointer, place });
  }
  return { value: read.value, locate };
}

/** YAML may begin with a brace, too; what is said of a text that is neither is what JSON says. */
function readJsonOrYaml(text: string): { value: unknown; isJson: boolean } {
  try {
    return { value: readJson(text), isJson: true };
  } catch (error) {
    if (!(error instanceof UnreadableDocumentError) || error.rule !== "syntax") throw error;
    try {
      return { value: readYaml(text), isJson: false };
    } catch {
      throw error;
    }
  }
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
