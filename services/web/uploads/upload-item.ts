import { z } from "zod";
import type { Problem } from "../../shared/contracts/problem.ts";
import { MAX_UPLOAD_BYTES } from "../../shared/contracts/upload.ts";
import { addSample, type TransferSample } from "../ui/transfer-rate.ts";
import type { UploadPhase } from "../ui/upload-row.tsx";

/** One file on its way, as the page knows it. */
export interface UploadItem {
  key: string;
  fileName: string;
  bytes: number;
  /** When the file was last changed on this machine, in ms since 1970: tells a file from its successor. */
  lastModified: number;
  phase: UploadPhase;
  sent: number;
  samples: readonly TransferSample[];
  /** Path of the upload on the server, once it has one. */
  path: string | null;
  failure: Problem | null;
}

/** What identifies a file to a page that may not keep it. */
export type FileFacts = Pick<File, "name" | "size" | "lastModified">;

/** What is remembered of an upload in this browser, so that a reload loses nothing. */
export const RememberedUpload = z.object({
  key: z.string(),
  fileName: z.string(),
  bytes: z.int().min(0),
  lastModified: z.number(),
  path: z.string().startsWith("/"),
  isStored: z.boolean(),
});
export type RememberedUpload = z.infer<typeof RememberedUpload>;

export function newItem(key: string, file: FileFacts): UploadItem {
  const item: UploadItem = {
    key,
    fileName: file.name,
    bytes: file.size,
    lastModified: file.lastModified,
    phase: "waiting",
    sent: 0,
    samples: [],
    path: null,
    failure: null,
  };
  const failure = faultOf(file);
  return failure ? { ...item, phase: "failed", failure } : item;
}

/** Why a file need not be sent at all, or null. */
function faultOf(file: FileFacts): Problem | null {
  const refusal = (code: string, title: string, hint: string): Problem => ({
    type: "about:blank",
    status: 400,
    code,
    title,
    hint,
  });
  if (file.size === 0) return refusal("empty_file", "The file is empty.", "Choose one with data in it.");
  if (file.size > MAX_UPLOAD_BYTES)
    return refusal("file_too_large", "The file is larger than 2 GiB.", "Compress it as .gz or split it.");
  return null;
}

/** The server has `sent` bytes at `nowMs`. */
export function withProgress(item: UploadItem, sent: number, nowMs: number): UploadItem {
  return { ...item, phase: "sending", sent, samples: addSample(item.samples, { atMs: nowMs, bytes: sent }) };
}

/** The upload that a newly chosen file goes on with, if it is the very file that was interrupted. */
export function interruptedBy(items: readonly UploadItem[], file: FileFacts): UploadItem | undefined {
  return items.find(
    (item) =>
      item.phase === "interrupted" &&
      item.fileName === file.name &&
      item.bytes === file.size &&
      item.lastModified === file.lastModified,
  );
}

export function remember(items: readonly UploadItem[]): RememberedUpload[] {
  return items.flatMap(({ key, fileName, bytes, lastModified, path, phase }) =>
    path === null ? [] : [{ key, fileName, bytes, lastModified, path, isStored: phase === "stored" }],
  );
}

/** What is left of an upload after a reload: the file itself is gone from the page. */
export function recall({ isStored, ...remembered }: RememberedUpload): UploadItem {
  return {
    ...remembered,
    phase: isStored ? "stored" : "interrupted",
    sent: isStored ? remembered.bytes : 0,
    samples: [],
    failure: null,
  };
}

/** The id the server knows an upload by: the last part of its path. */
export function uploadIdOf(item: Pick<UploadItem, "path">): string | null {
  return item.path?.split("/").at(-1) ?? null;
}
