import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { type Readable, Transform } from "node:stream";
import { analyse } from "chardet";
import iconv from "iconv-lite";
import type { ReadingWish } from "../../../shared/contracts/dataset-studio.ts";
import { looksLikeUtf16 } from "./detect-format.ts";
import { readEnds } from "./unpack.ts";

export interface TextEncoding {
  /** As `iconv-lite` names it, in lower case. */
  encoding: string;
  byteOrderMark: boolean;
  /** UTF-8 with a few broken characters in it, which become U+FFFD. */
  lossy: boolean;
}

const CHUNK_BYTES = 1024 * 1024;
/** Fewer broken sequences among the good ones than this, and the text is UTF-8 with damage. */
const DAMAGED_SHARE = 0.05;
/** Encodings believed when they are recognised; all Western ones are read as windows-1252, their superset. */
const RECOGNISED = new Set(["shift_jis", "big5", "euc-jp", "euc-kr", "gb18030", "windows-1251", "koi8-r"]);
const BELIEVABLE = 60;

/** What a text file is written in. The whole file is looked at: a broken character may come late. */
export async function detectEncoding(path: string, wish: ReadingWish): Promise<TextEncoding> {
  const { head } = await readEnds(path);
  const marked = byteOrderMark(head);
  if (marked)
    return {
      encoding: marked,
      byteOrderMark: true,
      lossy: marked === "utf-8" && !(await isAllUtf8(path)).valid,
    };
  if (wish.encoding)
    return { encoding: wish.encoding, byteOrderMark: false, lossy: wish.encoding === "utf-8" };
  const wide = looksLikeUtf16(head);
  if (wide) return { encoding: wide, byteOrderMark: false, lossy: false };
  const utf8 = await isAllUtf8(path);
  if (utf8.valid) return { encoding: "utf-8", byteOrderMark: false, lossy: false };
  if (isDamagedUtf8(utf8.broken)) return { encoding: "utf-8", byteOrderMark: false, lossy: true };
  return { encoding: guessLegacy(utf8.broken), byteOrderMark: false, lossy: false };
}

function byteOrderMark(head: Buffer): "utf-8" | "utf-16le" | "utf-16be" | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return null;
}

async function isAllUtf8(path: string): Promise<{ valid: true } | { valid: false; broken: Buffer }> {
  let carry = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    const bytes = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
    const end = lastWholeCharacter(bytes);
    if (!isUtf8(bytes.subarray(0, end))) return { valid: false, broken: bytes };
    carry = Buffer.from(bytes.subarray(end));
  }
  return isUtf8(carry) ? { valid: true } : { valid: false, broken: carry };
}

/** Where a character that the chunk cuts off begins; a broken one counts as whole, to be found. */
function lastWholeCharacter(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function isDamagedUtf8(bytes: Buffer): boolean {
  const text = new TextDecoder().decode(bytes);
  let broken = 0;
  let good = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) broken++;
    else if (code > 127) good++;
  }
  return broken <= good * DAMAGED_SHARE;
}

function guessLegacy(bytes: Buffer): string {
  const best = analyse(bytes.subarray(0, 256 * 1024))[0];
  const name = best?.name.toLowerCase() ?? "";
  return best && best.confidence >= BELIEVABLE && RECOGNISED.has(name) ? name : "windows-1252";
}

/** The text as UTF-8 bytes without its byte-order mark, in chunks of about 1 MiB. */
export function readAsUtf8(path: string, { encoding, lossy, byteOrderMark: marked }: TextEncoding): Readable {
  const start = marked && encoding === "utf-8" ? 3 : 0;
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES, start });
  if (encoding === "utf-8" && !lossy) return source;
  const decoder = encoding === "utf-8" ? undefined : iconv.getDecoder(encoding);
  const utf8 = new TextDecoder("utf-8", { ignoreBOM: false });
  const decoded = new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, Buffer.from(decoder ? decoder.write(chunk) : utf8.decode(chunk, { stream: true })));
    },
    flush(done) {
      done(null, Buffer.from((decoder ? decoder.end() : utf8.decode()) ?? ""));
    },
  });
  source.on("error", (error) => decoded.destroy(error));
  return source.pipe(decoded);
}
