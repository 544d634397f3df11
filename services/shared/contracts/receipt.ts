import { z } from "zod";
import { Id, Instant, Sha256 } from "./common.ts";

/** Signed by the platform; the candidate keeps it. Field order is the order that is signed. */
export const ReceiptStatement = z.object({
  format: z.literal("worksample-receipt-1"),
  submissionId: Id,
  attemptId: Id,
  assessment: z.string(),
  startedAt: Instant,
  frozenAt: Instant,
  sealedAt: Instant,
  reason: z.enum(["candidate", "deadline", "admin"]),
  fileCount: z.int(),
  totalBytes: z.int(),
  omittedCount: z.int(),
  /** Of the whole archive file, as `sha256sum` prints it. */
  archiveSha256: Sha256,
  archiveBytes: z.int(),
});
export type ReceiptStatement = z.infer<typeof ReceiptStatement>;

/** `signature` is Ed25519 over the UTF-8 bytes of `JSON.stringify(statement)`, base64. */
export const Receipt = z.object({
  statement: ReceiptStatement,
  keyId: z.string(),
  publicKey: z.string(),
  signature: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;
