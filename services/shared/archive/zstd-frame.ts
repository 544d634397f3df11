import type { FileHandle } from "node:fs/promises";

const MAGIC = 0xfd2fb528;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
const BLOCK_RLE = 1;
const BLOCK_RESERVED = 3;

/**
 * Where the zstd frame that starts at offset 0 ends, found by hopping over its blocks (RFC 8878, 3.1.1), or
 * undefined when it is not a frame with a checksum that ends before `limit`. Decompressors accept any number of
 * frames in a row; this tells that there is one and nothing else.
 */
export async function zstdFrameEnd(file: FileHandle, limit: number): Promise<number | undefined> {
  const start = await readAt(file, 0, 6);
  if (start.length < 6 || start.readUInt32LE(0) !== MAGIC) return undefined;
  let offset = 4 + frameHeaderBytes(start[4]!);
  if ((start[4]! & 0b100) === 0) return undefined;
  for (;;) {
    const header = await readAt(file, offset, 3);
    if (header.length < 3) return undefined;
    const value = header.readUIntLE(0, 3);
    const type = (value >> 1) & 0b11;
    if (type === BLOCK_RESERVED) return undefined;
    offset += 3 + (type === BLOCK_RLE ? 1 : value >> 3);
    if (offset > limit) return undefined;
    if (value & 1) return offset + 4 <= limit ? offset + 4 : undefined;
  }
}

/** Size of the frame header behind the magic number, from its first byte. */
function frameHeaderBytes(descriptor: number): number {
  const singleSegment = (descriptor & 0b100000) !== 0;
  const sizeFlag = descriptor >> 6;
  const contentSize = sizeFlag === 0 && singleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag]!;
  return 1 + (singleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 0b11]! + contentSize;
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
