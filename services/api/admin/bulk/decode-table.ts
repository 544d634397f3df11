import { isUtf8 } from "node:buffer";
import chardet from "chardet";
import iconv from "iconv-lite";
import { PlatformError } from "../../../shared/contracts/problem.ts";

export interface DecodedTable {
  text: string;
  /** As people call it, for example `UTF-8` or `windows-1252`. */
  encoding: string;
}

/** Guessing an encoding looks at every byte several times; this much tells. */
const SAMPLE_BYTES = 64 * 1024;
const KNOWN_FILES: [name: string, magic: number[]][] = [
  ["an Excel workbook or another zip file", [0x50, 0x4b, 0x03, 0x04]],
  ["an old Excel workbook", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a gzip file", [0x1f, 0x8b]],
  ["a PDF", [0x25, 0x50, 0x44, 0x46]],
];

/** @throws PlatformError bulk_unreadable, saying what the file is */
export function decodeTable(bytes: Buffer): DecodedTable {
  const known = KNOWN_FILES.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  if (known) throw unreadable(`This is ${known[0]}. Save the table as CSV and use that.`);
  const encoding = encodingOf(bytes);
  const text = iconv.decode(bytes, encoding);
  if (text.includes("\0")) throw unreadable("This is not a text file. Save the table as CSV and use that.");
  return { text, encoding };
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "UTF-16LE";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "UTF-16BE";
  if (isUtf8(bytes)) return "UTF-8";
  const guess = chardet.detect(bytes.subarray(0, SAMPLE_BYTES));
  // What is written in Latin letters is guessed as one of many; this one has them all, and is what Excel writes.
  if (!guess || !iconv.encodingExists(guess) || /^(ISO-8859-(1|2|9|15)|windows-125[024]|ASCII)/i.test(guess))
    return "windows-1252";
  return guess;
}

export function unreadable(detail: string): PlatformError {
  return new PlatformError("bulk_unreadable", detail);
}
