import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { zstdDecompressSync } from "node:zlib";
import { extract } from "tar-stream";

/** Text of one entry of a submission's archive, read with nothing of the platform's own code; null when it is not there. */
export async function readArchived(archive: string, path: string): Promise<string | null> {
  const entries = extract();
  Readable.from([zstdDecompressSync(await readFile(archive))]).pipe(entries);
  for await (const entry of entries) {
    if (entry.header.name !== path) {
      entry.resume();
      continue;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString("utf8");
  }
  return null;
}
