import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { z } from "zod";
import { RegistryFile } from "../registry-file.ts";

const EntryPart = z.object({
  contentType: z.string(),
  offset: z.int().min(0),
  length: z.int().min(0),
  /** SHA-256, base64url. */
  digest: z.string(),
});

/** The first line of an entry of the metadata store. */
export const EntryHeader = z.object({
  version: z.literal(1),
  /** What the registry is asked with whether it changed. */
  validators: z.object({ etag: z.string().optional(), lastModified: z.string().optional() }),
  parts: z.record(z.string(), EntryPart),
});
export type EntryHeader = z.infer<typeof EntryHeader>;

const MAX_HEADER = 16 * 1024;
const PIECE = 64 * 1024;

/** Metadata of a package on the disk, open for reading. */
export class Entry {
  readonly header: EntryHeader;
  readonly #handle: FileHandle;
  readonly #start: number;

  private constructor(handle: FileHandle, header: EntryHeader, start: number) {
    this.#handle = handle;
    this.header = header;
    this.#start = start;
  }

  /** Takes the handle over. @throws Error for a file that is none; the handle is closed then */
  static async read(handle: FileHandle): Promise<Entry> {
    try {
      const buffer = Buffer.alloc(MAX_HEADER);
      const { bytesRead } = await handle.read(buffer, 0, MAX_HEADER, 0);
      const end = buffer.subarray(0, bytesRead).indexOf(10);
      if (end === -1) throw new Error("an entry of the package cache has no header");
      const header = EntryHeader.parse(JSON.parse(buffer.subarray(0, end).toString()));
      return new Entry(handle, header, end + 1);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** One document, as it is sent. */
  stream(part: string): Readable {
    return Readable.from(this.#pieces(part));
  }

  /** Looks through the list on the disk, which for large packages is nothing to keep in memory. */
  async findFile(file: string): Promise<RegistryFile | null> {
    // Begins a line and nothing else: inside of a line, quotes are escaped.
    const beginning = Buffer.from(`{"file":${JSON.stringify(file)},`);
    let held: Buffer = Buffer.alloc(0);
    for await (const piece of this.#pieces("files")) {
      held = Buffer.concat([held, piece]);
      const start = held.indexOf(beginning);
      const end = start === -1 ? -1 : held.indexOf("\n", start);
      if (end !== -1) return RegistryFile.parse(JSON.parse(held.subarray(start, end).toString()));
      if (start === -1) held = held.subarray(-beginning.length);
    }
    return null;
  }

  async *#pieces(part: string): AsyncGenerator<Buffer> {
    const found = this.header.parts[part];
    if (!found) throw new Error(`an entry of the package cache has no ${part}`);
    for (let offset = 0; offset < found.length; ) {
      const buffer = Buffer.allocUnsafe(Math.min(PIECE, found.length - offset));
      const at = this.#start + found.offset + offset;
      const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) throw new Error("an entry of the package cache has lost its end");
      offset += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}
