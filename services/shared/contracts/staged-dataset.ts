import { z } from "zod";
import { Sha256 } from "./common.ts";
import { ColumnType } from "./dataset-profile.ts";

/** Tables of an import as they were read: Parquet blobs of texts, and how the texts are understood. */
export const StagedTables = z.array(
  z.object({
    name: z.string(),
    sha256: Sha256,
    bytes: z.int(),
    rows: z.int(),
    columns: z.array(
      z.object({ name: z.string(), type: ColumnType, scale: z.int().min(0).max(12).optional() }),
    ),
  }),
);
export type StagedTables = z.infer<typeof StagedTables>;
