import { readAsUtf8, type TextEncoding } from "./text-encoding.ts";

const SAMPLE_BYTES = 256 * 1024;

/** The beginning of a text file, decoded. */
export interface TextSample {
  text: string;
  /** Whether that is all of it. */
  whole: boolean;
}

export async function readSample(path: string, encoding: TextEncoding): Promise<TextSample> {
  const source = readAsUtf8(path, encoding);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes > SAMPLE_BYTES) break;
  }
  source.destroy();
  const all = Buffer.concat(pieces);
  const whole = all.length <= SAMPLE_BYTES;
  return { text: all.subarray(0, SAMPLE_BYTES).toString("utf8"), whole };
}

/** How a text is to be read: it looks like JSON Lines, a JSON document, or like neither, which makes it CSV. */
export function kindOfText({ text, whole }: TextSample): "jsonl" | "json" | "csv" {
  const start = text.trimStart();
  const looksLikeJson = /^\[\s*([[{\]"\d-]|true|false|null)/.test(start) || /^\{\s*["}]/.test(start);
  if (!looksLikeJson) return "csv";
  const lines = start.split("\n").filter((line) => line.trim() !== "");
  if (lines.length < 2 && !(whole && start.endsWith("\n") && start.startsWith("{"))) return "json";
  return isObject(lines[0]!) && (lines.length < 2 || /^\s*[{[]|^\s*\S/.test(lines[1]!)) ? "jsonl" : "json";
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
