import type { z } from "zod";
import { BULK_MAX_BYTES, type CheckBulkRequest } from "../../../shared/contracts/invitation-studio.ts";

export interface BulkInput {
  assessmentVersionId: string | null;
  text: string;
  file: { name: string; base64: string } | null;
  /** As `<input type="datetime-local">` writes it. */
  expiresAt: string;
  extraTimeFactor: string;
}

export type BulkErrors = Partial<Record<"assessmentVersionId" | "table" | "expiresAt", string>>;
type Checked = z.input<typeof CheckBulkRequest>;

/** @returns what to send, or what is missing. */
export function readBulk(input: BulkInput, now: Date): { request: Checked } | { errors: BulkErrors } {
  const errors: BulkErrors = {};
  const expires = new Date(input.expiresAt);
  if (input.assessmentVersionId === null) errors.assessmentVersionId = "Choose an assessment.";
  if (!input.file && input.text.trim() === "") errors.table = "Paste a table or choose a file.";
  if (Number.isNaN(expires.getTime())) errors.expiresAt = "Enter a date and time.";
  else if (expires <= now) errors.expiresAt = "Choose a time to come.";
  if (Object.keys(errors).length > 0) return { errors };
  return {
    request: {
      assessmentVersionId: input.assessmentVersionId!,
      ...(input.file ? { fileBase64: input.file.base64 } : { text: input.text }),
      expiresAt: expires.toISOString(),
      extraTimeFactor: Number(input.extraTimeFactor),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  };
}

/** @returns the file's bytes in base64, or why it cannot be taken. */
export async function readFile(file: File): Promise<{ base64: string } | { refusal: string }> {
  if (file.size > BULK_MAX_BYTES) return { refusal: "The file is larger than 1 MiB. Split it into several." };
  if (file.size === 0) return { refusal: "The file is empty." };
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  // In parts: a call with a million arguments would be too many.
  for (let start = 0; start < bytes.length; start += 8192)
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
  return { base64: btoa(binary) };
}

/** Links of a result as a table to open elsewhere. Formulas a spreadsheet would run are made text. */
export function linksAsCsv(created: readonly { name: string; email: string; link: string }[]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  const rows = created.map(({ name, email, link }) => [name, email, link].map(cell).join(","));
  return ["name,email,link", ...rows].join("\r\n");
}
