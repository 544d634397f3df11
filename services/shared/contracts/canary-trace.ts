import { z } from "zod";
import { Id, Instant } from "./common.ts";

export const MAX_TRACE_CHARACTERS = 900_000;
export const MAX_TRACE_BYTES = 512 * 1024 * 1024;

/** Where a leaked file comes from: a part of it as text, or an upload of the purpose `dataset`, as plain text. */
export const TraceRequest = z.union([
  z.strictObject({ text: z.string().min(1).max(MAX_TRACE_CHARACTERS) }),
  z.strictObject({ uploadId: Id }),
]);

/** Somebody whose copy of a dataset holds the markers that were found. */
export const TraceMatch = z.object({
  invitationId: Id,
  attemptId: Id,
  candidateName: z.string(),
  assessmentTitle: z.string(),
  datasetTitle: z.string(),
  datasetVersion: z.int(),
  table: z.string(),
  column: z.string(),
  startedAt: Instant.nullable(),
  /** As they stand in the file. */
  markers: z.array(z.string()),
  /** How many markers the copy has. */
  outOf: z.int(),
});
export type TraceMatch = z.infer<typeof TraceMatch>;

/** Those with most markers first. Nobody: the file has no marker, which proves nothing. */
export const TraceResponse = z.object({ searchedBytes: z.int(), matches: z.array(TraceMatch) });
export type TraceResponse = z.infer<typeof TraceResponse>;
