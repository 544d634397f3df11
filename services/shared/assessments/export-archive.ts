import { Readable } from "node:stream";
import { createZstdCompress } from "node:zlib";
import { DATE_OF_ALL_MS } from "../archive/fixed-date.ts";
import { gatherChunks } from "../archive/gather-chunks.ts";
import { END_OF_TAR, paddingOf, tarHeader } from "../archive/tar-format.ts";
import { BlobMissingError, type BlobStore } from "../blobs/blob-store.ts";
import type { AssessmentDraft } from "../contracts/assessment-draft.ts";
import type { ExportedAssessment } from "../contracts/assessment-transfer.ts";

/** First entry of an export. */
export const EXPORT_MANIFEST = "assessment.json";
/** Longest manifest that is taken back; documents of mock APIs are in it. */
export const MAX_EXPORT_MANIFEST_BYTES = 64 * 1024 * 1024;

/** What an export holds, in this order: the trees before the files they speak of. */
export interface ExportPlan {
  manifest: ExportedAssessment;
  blobs: readonly { sha256: string; size: number }[];
}

/** Name of a blob's entry. */
export function blobEntryName(sha256: string): string {
  return `blobs/${sha256}`;
}

/**
 * One file with everything an assessment needs: `assessment.json`, then blobs by digest; tar, compressed with zstd.
 * Equal plans give equal bytes. The stream fails with BlobMissingError when the store lacks something.
 */
export function writeExport(
  { manifest, blobs: listed }: ExportPlan,
  blobs: Pick<BlobStore, "open">,
): Readable {
  const source = Readable.from(gatherChunks(entries(manifest, listed, blobs)), { objectMode: false });
  const compressed = createZstdCompress();
  source.once("error", (error) => compressed.destroy(error));
  compressed.once("close", () => source.destroy());
  return source.pipe(compressed);
}

async function* entries(
  manifest: ExportedAssessment,
  listed: ExportPlan["blobs"],
  blobs: Pick<BlobStore, "open">,
): AsyncGenerator<Buffer> {
  const json = Buffer.from(JSON.stringify(manifest));
  yield header(EXPORT_MANIFEST, json.length);
  yield json;
  yield paddingOf(json.length);
  for (const { sha256, size } of listed) {
    yield header(blobEntryName(sha256), size);
    let sent = 0;
    for await (const chunk of (await blobs.open(sha256)) as AsyncIterable<Buffer>) {
      sent += chunk.length;
      yield chunk;
    }
    if (sent !== size) throw new BlobMissingError(sha256);
    yield paddingOf(size);
  }
  yield END_OF_TAR;
}

function header(name: string, size: number): Buffer {
  return tarHeader({
    type: "file",
    path: Buffer.from(name),
    mode: 0o644,
    mtimeMs: DATE_OF_ALL_MS,
    size,
    owner: 0,
  });
}

/** A draft without where its files come from, which is said in another way outside of this instance. */
export function withoutSources(draft: AssessmentDraft): AssessmentDraft {
  return {
    ...draft,
    starter: { ...draft.starter, source: { kind: "none" } },
    practiceStarter: { ...draft.practiceStarter, source: { kind: "platform" } },
  };
}
