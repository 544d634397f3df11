import { isUtf8 } from "node:buffer";

export const MAX_TEXT_BYTES = 1024 * 1024;
export const MAX_IMAGE_BYTES = 5 * 1024 * 1024;
/** Read beyond what is shown, so that a name that straddles the end is seen whole and replaced. */
export const TEXT_MARGIN_BYTES = 4096;

/** Type of an image that browsers show without running anything, by its first bytes; null for all else. */
export function imageTypeOf(head: Buffer): "image/png" | "image/jpeg" | "image/gif" | "image/webp" | null {
  const starts = (hex: string) => head.subarray(0, hex.length / 2).toString("hex") === hex;
  if (starts("89504e470d0a1a0a")) return "image/png";
  if (starts("ffd8ff")) return "image/jpeg";
  const ascii = head.subarray(0, 12).toString("latin1");
  if (ascii.startsWith("GIF87a") || ascii.startsWith("GIF89a")) return "image/gif";
  return ascii.startsWith("RIFF") && ascii.slice(8) === "WEBP" ? "image/webp" : null;
}

/**
 * The bytes as text, or null when they are not text: UTF-16 with a byte order mark, or valid UTF-8 without NUL.
 * @param isWhole false when the bytes are the beginning of a longer file and may end inside a character.
 */
export function decodeText(bytes: Buffer, isWhole: boolean): string | null {
  const utf16 = utf16LabelOf(bytes);
  if (utf16) return decode(utf16, bytes, isWhole);
  if (bytes.includes(0)) return null;
  if (isWhole && !isUtf8(bytes)) return null;
  return decode("utf-8", bytes, isWhole);
}

function utf16LabelOf(bytes: Buffer): "utf-16le" | "utf-16be" | null {
  if (bytes.length < 2) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

function decode(label: string, bytes: Buffer, isWhole: boolean): string | null {
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: !isWhole });
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
