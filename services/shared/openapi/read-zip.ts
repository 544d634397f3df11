import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { UnreadableDocumentError } from "./issue.ts";
import { LIMITS } from "./limits.ts";

/** Whether the bytes are those of a zip. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/**
 * The JSON and YAML files of a zip by their path. Nothing is written to a disk; paths that lead out of the archive,
 * links and encrypted files are refused, and so is more than the limits allow once unpacked.
 * @throws UnreadableDocumentError
 */
export async function readZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let left: number = LIMITS.bytes;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      decodeStrings: true,
      lazyEntries: true,
      strictFileNames: true,
      validateEntrySizes: true,
    });
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      refuseLinks(entry);
      if (!/\.(json|ya?ml)$/i.test(entry.fileName) || /(^|\/)(__MACOSX|\.[^/]*)\//.test(entry.fileName))
        continue;
      if (files.size >= LIMITS.files)
        throw new UnreadableDocumentError("zip", `The zip holds more than ${LIMITS.files} documents.`);
      if (files.has(entry.fileName))
        throw new UnreadableDocumentError("zip", "The zip holds this file twice.", { file: entry.fileName });
      const content = await readEntry(zip, entry, left);
      left -= content.length;
      files.set(entry.fileName, content);
    }
  } catch (error) {
    if (error instanceof UnreadableDocumentError) throw error;
    throw new UnreadableDocumentError("zip", `The zip cannot be read: ${(error as Error).message}.`);
  }
  if (files.size === 0) throw new UnreadableDocumentError("zip", "The zip holds no JSON and no YAML file.");
  return files;
}

function refuseLinks({ externalFileAttributes, fileName }: Entry): void {
  const type = (externalFileAttributes >>> 16) & 0o170000;
  if (type !== 0 && type !== 0o100000)
    throw new UnreadableDocumentError("zip", "The zip holds a link or a device.", { file: fileName });
}

async function readEntry(zip: ZipFile, entry: Entry, left: number): Promise<Uint8Array> {
  if (entry.isEncrypted())
    throw new UnreadableDocumentError("zip", "The zip is encrypted.", { file: entry.fileName });
  if (entry.uncompressedSize > left) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    bytes += (chunk as Buffer).length;
    if (bytes > left) throw tooLarge();
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): UnreadableDocumentError {
  return new UnreadableDocumentError(
    "too-large",
    `The files of the zip are larger than ${LIMITS.bytes / 1024 / 1024} MB together.`,
  );
}
