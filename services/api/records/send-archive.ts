import type { FastifyReply } from "fastify";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import type { SealedArchive } from "./submission.ts";

/** Streams the archive as a download. @param name without extension; ASCII letters, digits and hyphens. */
export async function sendArchive(
  reply: FastifyReply,
  blobs: BlobStore,
  archive: SealedArchive,
  name: string,
) {
  const stream = await blobs.open(archive.archiveSha256);
  return reply
    .type("application/zstd")
    .header("content-length", archive.archiveBytes)
    .header("content-disposition", `attachment; filename="${name}.tar.zst"`)
    .header("cache-control", "private, no-store")
    .send(stream);
}
