const MIB = 1024 * 1024;

/** What one import may hold. Beyond, it is refused, with the number in the message. */
export const IMPORT_LIMITS = {
  tables: 100,
  columns: 500,
  /** Of one row, in bytes. */
  rowBytes: 4 * MIB,
  /** Rows with a quote that is never closed: each costs a second look. */
  unclosedQuotes: 2000,
  archiveFiles: 1000,
  /** All files of an archive together, unpacked. */
  archiveBytes: 6 * 1024 * MIB,
  /** Unpacked to packed; text packs 20 to 1, rarely 100 to 1. Below the floor nobody is hurt by any ratio. */
  archiveRatio: 200,
  archiveRatioFloor: 32 * MIB,
  issueExamples: 20,
  exampleCharacters: 300,
} as const;
