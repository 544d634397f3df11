import { ByteReader, UnexpectedLengthError } from "./byte-reader.ts";
import { BLOCK } from "./tar-format.ts";

/** What an entry of somebody's tar says about itself; nothing of it is to be believed. */
export interface ReadTarEntry {
  type: "file" | "directory" | "symlink" | "hardlink" | "device" | "fifo" | "unknown";
  /** Bytes as they are in the archive, without a slash at the end. */
  name: Buffer;
  mode: number;
  size: number;
  /** Content of a file. Must be read to its end, or skipped by taking the next entry. */
  content: AsyncIterable<Buffer>;
}

export class TarFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TarFormatError";
  }
}

/** Longest header extension (a long name, PAX records) that is read; it is held in memory. */
const MAX_EXTENSION = 64 * 1024;
/** Extensions in a row in front of one entry. */
const MAX_EXTENSIONS = 8;
const TYPES: Record<string, ReadTarEntry["type"]> = {
  "\0": "file",
  "0": "file",
  "1": "hardlink",
  "2": "symlink",
  "3": "device",
  "4": "device",
  "5": "directory",
  "6": "fifo",
  "7": "file",
};

/**
 * Reads somebody's tar (ustar, GNU and PAX names and sizes) as a stream: no more than a block and 64 KiB are held.
 * @throws TarFormatError, or what the source throws; also when it ends too early
 */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<ReadTarEntry> {
  const reader = new ByteReader(source);
  try {
    for (;;) {
      const header = await readHeader(reader);
      if (!header) return;
      const content = new EntryContent(reader, header.size);
      yield { ...header, content };
      await content.skip();
    }
  } catch (error) {
    throw endedEarly(error);
  }
}

function endedEarly(error: unknown): unknown {
  return error instanceof UnexpectedLengthError
    ? new TarFormatError("the archive ends in the middle")
    : error;
}

type Header = Omit<ReadTarEntry, "content">;
type Extension = Partial<Pick<Header, "name" | "size">>;

async function readHeader(reader: ByteReader): Promise<Header | null> {
  let extension: Extension = {};
  for (let count = 0; count <= MAX_EXTENSIONS; count++) {
    const block = await reader.read(BLOCK);
    if (block.every((byte) => byte === 0)) return null;
    const header = parseBlock(block);
    const flag = String.fromCharCode(block[156]!);
    if (!["x", "g", "L", "K"].includes(flag)) return { ...header, ...extension };
    if (header.size > MAX_EXTENSION) throw new TarFormatError("a name in the archive is far too long");
    const bytes = await reader.read(padded(header.size));
    const value = bytes.subarray(0, header.size);
    if (flag === "x") extension = { ...extension, ...paxExtension(value) };
    if (flag === "L") extension = { ...extension, name: trimmed(value) };
  }
  throw new TarFormatError("an entry of the archive has too many headers");
}

function parseBlock(block: Buffer): Header {
  let sum = 8 * 0x20;
  for (const [index, byte] of block.entries()) if (index < 148 || index >= 156) sum += byte;
  if (octalAt(block, 148, 8) !== sum) throw new TarFormatError("it is not a tar archive, or it is damaged");
  const prefix =
    block.toString("latin1", 257, 262) === "ustar" ? trimmed(block.subarray(345, 500)) : Buffer.alloc(0);
  const short = trimmed(block.subarray(0, 100));
  const name = prefix.length > 0 ? Buffer.concat([prefix, Buffer.from("/"), short]) : short;
  return {
    type: TYPES[String.fromCharCode(block[156]!)] ?? "unknown",
    name: withoutSlash(name),
    mode: octalAt(block, 100, 8),
    size: sizeAt(block),
  };
}

/** Octal, or base 256 where the first bit is set. */
function sizeAt(block: Buffer): number {
  if ((block[124]! & 0x80) === 0) return octalAt(block, 124, 12);
  const size = Number(
    BigInt.asUintN(95, BigInt(`0x${block.toString("hex", 124, 136)}`) & ((1n << 95n) - 1n)),
  );
  if (!Number.isSafeInteger(size)) throw new TarFormatError("an entry of the archive has an absurd size");
  return size;
}

function octalAt(block: Buffer, start: number, length: number): number {
  const text = block
    .toString("latin1", start, start + length)
    .replace(/[\0 ]+$/, "")
    .trimStart();
  if (text === "") return 0;
  if (!/^[0-7]+$/.test(text)) throw new TarFormatError("it is not a tar archive, or it is damaged");
  return Number.parseInt(text, 8);
}

function paxExtension(records: Buffer): Extension {
  const extension: Extension = {};
  for (let start = 0; start < records.length; ) {
    const space = records.indexOf(0x20, start);
    const length = Number(records.toString("latin1", start, space));
    const record = records.subarray(space + 1, start + length - 1);
    const equals = record.indexOf(0x3d);
    if (space === -1 || !Number.isInteger(length) || length <= 0 || equals === -1)
      throw new TarFormatError("an entry of the archive has a damaged header");
    const key = record.toString("latin1", 0, equals);
    const value = record.subarray(equals + 1);
    if (key === "path") extension.name = withoutSlash(Buffer.from(value));
    if (key === "size") extension.size = paxSize(value.toString("latin1"));
    start += length;
  }
  return extension;
}

function paxSize(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new TarFormatError("an entry of the archive has an absurd size");
  return Number(text);
}

function trimmed(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end));
}

function withoutSlash(name: Buffer): Buffer {
  let end = name.length;
  while (end > 0 && name[end - 1] === 0x2f) end--;
  return name.subarray(0, end);
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Reads once; what the consumer leaves is skipped. */
class EntryContent implements AsyncIterable<Buffer> {
  readonly #chunks: AsyncGenerator<Buffer>;
  readonly #reader: ByteReader;
  readonly #padding: number;

  constructor(reader: ByteReader, size: number) {
    this.#reader = reader;
    this.#chunks = reader.chunks(size);
    this.#padding = padded(size) - size;
  }

  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.#chunks.next();
    } catch (error) {
      // Whoever reads the content meets it first.
      throw endedEarly(error);
    }
  }

  async skip(): Promise<void> {
    while (!(await this.#chunks.next()).done);
    await this.#reader.read(this.#padding);
  }
}
