import type { z } from "zod";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import {
  MAX_TRACE_BYTES,
  type TraceMatch,
  type TraceRequest,
  type TraceResponse,
} from "../../shared/contracts/canary-trace.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { MarkerSearch } from "../../shared/domain/marker-search.ts";
import { findMarkerOwners, listMarkers } from "../records/canary.ts";
import { findUpload } from "../records/upload.ts";

/**
 * Whose copy of a dataset a file is, by the canary rows in it. @throws PlatformError upload_not_found, upload_not_stored, upload_too_large
 */
export async function traceCanary(
  { db, blobs }: { db: Database; blobs: BlobStore },
  request: z.infer<typeof TraceRequest>,
  actor: AuditActor,
): Promise<TraceResponse> {
  const search = new MarkerSearch(await listMarkers(db));
  const searchedBytes =
    "text" in request
      ? searchText(search, request.text)
      : await searchUpload(db, blobs, search, request.uploadId);
  const matches = search.found.size === 0 ? [] : groupByCopy(await findMarkerOwners(db, [...search.found]));
  await db.transaction().execute((transaction) =>
    recordAudit(transaction, actor, {
      action: "dataset.trace",
      subject: { type: "dataset", id: "leak", label: "A file that turned up" },
      after: { searchedBytes, found: matches.map(({ attemptId, markers }) => ({ attemptId, markers })) },
    }),
  );
  return { searchedBytes, matches };
}

function searchText(search: MarkerSearch, text: string): number {
  search.add(text);
  return Buffer.byteLength(text);
}

async function searchUpload(
  db: Database,
  blobs: BlobStore,
  search: MarkerSearch,
  uploadId: string,
): Promise<number> {
  const upload = await findUpload(db, uploadId);
  if (!upload) throw new PlatformError("upload_not_found");
  if (!upload.sha256) throw new PlatformError("upload_not_stored");
  if (upload.bytes > MAX_TRACE_BYTES)
    throw new PlatformError("upload_too_large", "At most 512 MiB are searched; send a part of the file.");
  const decoder = new TextDecoder();
  for await (const chunk of await blobs.open(upload.sha256))
    search.add(decoder.decode(chunk as Buffer, { stream: true }));
  return upload.bytes;
}

type Owner = Awaited<ReturnType<typeof findMarkerOwners>>[number];

function groupByCopy(owners: Owner[]): TraceMatch[] {
  const copies = new Map<string, TraceMatch>();
  for (const { marker, mountName, outOf, startedAt, ...owner } of owners) {
    const key = `${owner.attemptId} ${mountName}`;
    const known = copies.get(key);
    if (known) known.markers.push(marker);
    else
      copies.set(key, {
        ...owner,
        startedAt: startedAt?.toISOString() ?? null,
        markers: [marker],
        outOf: outOf ?? 0,
      });
  }
  return [...copies.values()].toSorted((a, b) => b.markers.length - a.markers.length);
}
