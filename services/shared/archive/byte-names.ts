import { isUtf8 } from "node:buffer";

/**
 * File names are bytes. In a tree they are text for people, with the exact bytes in base64 beside it only when
 * they are not valid UTF-8. In memory they are also handled as `latin1` strings, one character per byte: compact,
 * lossless, and comparing them with `<` is comparing bytes.
 */
export interface ByteName {
  path: string;
  pathBase64?: string | undefined;
}

export function nameOf(bytes: Buffer): ByteName {
  const path = bytes.toString("utf8");
  return isUtf8(bytes) ? { path } : { path, pathBase64: bytes.toString("base64") };
}

/** As nameOf, from a string with one character per byte. */
export function nameOfLatin1(latin1: string): ByteName {
  return isAscii(latin1) ? { path: latin1 } : nameOf(Buffer.from(latin1, "latin1"));
}

export function nameBytes(name: ByteName): Buffer {
  return name.pathBase64 === undefined
    ? Buffer.from(name.path, "utf8")
    : Buffer.from(name.pathBase64, "base64");
}

/** The name's bytes as one character per byte. */
export function nameLatin1(name: ByteName): string {
  return name.pathBase64 === undefined && isAscii(name.path) ? name.path : nameBytes(name).toString("latin1");
}

/** Whether this is how nameOf writes these bytes, so that each name has exactly one spelling. */
export function isCanonicalName(name: ByteName): boolean {
  if (name.pathBase64 === undefined) return isAscii(name.path) || name.path.isWellFormed();
  const again = nameOf(nameBytes(name));
  return again.path === name.path && again.pathBase64 === name.pathBase64;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
