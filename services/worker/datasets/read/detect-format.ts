import type { ImportFailureCode } from "../../../shared/contracts/dataset-studio.ts";
import { Refusal } from "../../confined/confined-entry.ts";

export type ContentKind = "text" | "parquet" | "sqlite" | "zip" | "gzip" | "tar";

/** How many bytes of a file's beginning tell what it is. */
export const HEAD_BYTES = 64 * 1024;

const OTHER_ARCHIVES: [name: string, signature: string][] = [
  ["7z", "377abcaf271c"],
  ["RAR", "526172211a07"],
  ["xz", "fd377a585a00"],
  ["bzip2", "425a68"],
  ["Zstandard", "28b52ffd"],
];

const OTHER_FILES: [name: string, signature: string][] = [
  ["a PDF document", "255044462d"],
  ["a picture", "89504e47"],
  ["a picture", "ffd8ff"],
  ["a picture", "47494638"],
  ["a program", "7f454c46"],
  ["an ORC file", "4f5243"],
  ["an Avro file", "4f626a01"],
  ["an Arrow file", "4152524f5731"],
  ["an HDF5 file", "894844460d0a1a0a"],
  ["a NumPy file", "934e554d5059"],
  ["a pickle", "80049"],
];

/**
 * What a file is, by its content; its name is not looked at.
 * @throws Refusal for what is known and cannot be read
 */
export function detectContent(head: Buffer, tail: Buffer): ContentKind {
  if (head.length === 0) refuse("empty_file", "The file is empty.");
  const hex = head.subarray(0, 16).toString("hex");
  if (head.subarray(0, 40).toString("latin1").startsWith("version https://git-lfs.github.com/spec/"))
    refuse(
      "git_lfs_pointer",
      "This is a Git LFS pointer: a note of where the data is, not the data. Run `git lfs pull` and upload the file itself.",
    );
  if (hex.startsWith("d0cf11e0a1b11ae1")) refuseSpreadsheet();
  if (hex.startsWith("504b0304") || hex.startsWith("504b0506")) return "zip";
  if (hex.startsWith("1f8b")) return "gzip";
  if (head.subarray(257, 262).toString("latin1") === "ustar") return "tar";
  if (hex.startsWith("50415245"))
    refuse("parquet_encrypted", "The Parquet file is encrypted. Write it without encryption.");
  if (hex.startsWith("50415231")) return checkParquet(tail);
  if (head.subarray(0, 16).toString("latin1") === "SQLite format 3\0") return "sqlite";
  const archive = OTHER_ARCHIVES.find(([, signature]) => hex.startsWith(signature));
  if (archive) refuse("archive_kind", `This is a ${archive[0]} archive. Pack the files as zip or tar.gz.`);
  const file = OTHER_FILES.find(([, signature]) => hex.startsWith(signature));
  if (file) refuse("unknown_format", `This is ${file[0]}. Upload CSV, JSON, JSON Lines, Parquet or SQLite.`);
  if (/^\s*<(!doctype html|html)\b/i.test(head.subarray(0, 1024).toString("latin1").replace(/^ï»¿/, "")))
    refuse(
      "web_page",
      "This is a web page, perhaps a sign-in page that was saved in place of the data. Download the data again.",
    );
  if (isBinary(head))
    refuse(
      "unknown_format",
      "This is neither text nor Parquet nor SQLite. If it is a database, it is encrypted or damaged.",
    );
  return "text";
}

function checkParquet(tail: Buffer): "parquet" {
  const end = tail.subarray(-4).toString("latin1");
  if (end === "PARE")
    refuse("parquet_encrypted", "The Parquet file is encrypted. Write it without encryption.");
  if (end !== "PAR1")
    refuse("parquet_corrupt", "The Parquet file has no end: it was cut off. Upload it again.");
  return "parquet";
}

/** NUL bytes belong into UTF-16 only, where they are every other byte; other control characters nowhere. */
function isBinary(head: Buffer): boolean {
  if (head.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return false;
  if (head.subarray(0, 2).equals(Buffer.from([0xfe, 0xff]))) return false;
  if (looksLikeUtf16(head) !== null) return false;
  let odd = 0;
  for (const byte of head)
    if (byte === 0 || (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12)) odd++;
  return odd > Math.max(2, head.length * 0.02);
}

/** UTF-16 without a byte-order mark: most characters of most texts have a zero half. */
export function looksLikeUtf16(head: Buffer): "utf-16le" | "utf-16be" | null {
  const pairs = Math.min(2000, Math.floor(head.length / 2));
  if (pairs < 2) return null;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[pair * 2] === 0) even++;
    if (head[pair * 2 + 1] === 0) odd++;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.05) return "utf-16le";
  if (even > pairs * 0.4 && odd < pairs * 0.05) return "utf-16be";
  return null;
}

export function refuseSpreadsheet(): never {
  refuse(
    "spreadsheet",
    "This is a spreadsheet, whatever its name says. Save each sheet as CSV (UTF-8) and upload those.",
  );
}

export function refuse(code: ImportFailureCode, message: string): never {
  throw new Refusal(code, message);
}
