import { z } from "zod";
import { Id, Instant } from "./common.ts";

/**
 * Uploads follow tus 1.0 (https://tus.io) at `/api/admin/uploads`: `POST` with `Upload-Length` and
 * `Upload-Metadata: filename <base64>,purpose <base64>` creates one (the body may carry the first bytes),
 * `PATCH` appends at `Upload-Offset`, `HEAD` tells the offset, `DELETE` cancels. The id is the last part of `Location`.
 * Once `Upload-Offset` equals `Upload-Length` the upload is stored, and other requests refer to it by its id.
 */
export const UPLOADS_PATH = "/api/admin/uploads";

export const UploadPurpose = z.enum(["dataset", "mock_api", "starter", "assessment"]);
export type UploadPurpose = z.infer<typeof UploadPurpose>;

/** The largest file, in bytes. */
export const MAX_UPLOAD_BYTES = 2 * 1024 * 1024 * 1024;
/** What all uploads that are under way may announce together, in bytes. */
export const MAX_OPEN_UPLOAD_BYTES = 16 * 1024 * 1024 * 1024;
/** An upload that nothing was added to for so long is thrown away. */
export const UPLOAD_EXPIRES_SEC = 24 * 3600;

export const UploadState = z.enum(["receiving", "stored", "cancelled", "failed"]);

/** `GET /api/admin/uploads/:uploadId`. */
export const UploadView = z.object({
  id: Id,
  purpose: UploadPurpose,
  fileName: z.string(),
  bytes: z.int(),
  received: z.int(),
  state: UploadState,
  failure: z.string().nullable(),
  createdAt: Instant,
});
export type UploadView = z.infer<typeof UploadView>;
