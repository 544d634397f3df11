import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { FileView } from "../../shared/contracts/review.ts";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";
import { isGitInternal } from "../../shared/domain/blind.ts";
import type { Redactor } from "../records/blind-identity.ts";
import {
  decodeText,
  imageTypeOf,
  MAX_IMAGE_BYTES,
  MAX_TEXT_BYTES,
  TEXT_MARGIN_BYTES,
} from "./file-content.ts";

/**
 * One file as a reviewer may see it: kind by content, never by name; the candidate's name and e-mail replaced.
 * @throws PlatformError entry_not_found, also for git's own files.
 */
export async function readFileView(
  blobs: BlobStore,
  tree: Tree,
  index: number,
  redact: Redactor,
): Promise<FileView> {
  const entry = tree.entries[index];
  if (!entry || entry.type === "directory" || isGitInternal(entry.path))
    throw new PlatformError("entry_not_found");
  return entry.type === "symlink" ? presentSymlink(entry, redact) : presentFile(blobs, entry, redact);
}

const NOTHING = { imageType: null, imageBase64: null, text: null, truncated: false };

function presentSymlink(entry: TreeEntry & { type: "symlink" }, redact: Redactor): FileView {
  const path = redact(entry.path);
  const target = redact(entry.target);
  return {
    ...NOTHING,
    kind: "symlink",
    path: path.text,
    size: Buffer.byteLength(entry.target),
    sha256: null,
    text: target.text,
    redacted: path.redacted || target.redacted,
  };
}

async function presentFile(
  blobs: BlobStore,
  entry: TreeEntry & { type: "file" },
  redact: Redactor,
): Promise<FileView> {
  const path = redact(entry.path);
  const base = {
    ...NOTHING,
    path: path.text,
    size: entry.size,
    sha256: entry.sha256,
    redacted: path.redacted,
  };
  const head = await blobs.readHead(entry.sha256, MAX_TEXT_BYTES + TEXT_MARGIN_BYTES);
  const imageType = imageTypeOf(head);
  if (imageType && entry.size <= MAX_IMAGE_BYTES) {
    const bytes = await blobs.read(entry.sha256, MAX_IMAGE_BYTES);
    return { ...base, kind: "image", imageType, imageBase64: bytes.toString("base64") };
  }
  const text = imageType ? null : presentText(head, entry.size, redact);
  if (text === null) return { ...base, kind: "binary" };
  return { ...base, ...text, kind: "text", redacted: path.redacted || text.redacted };
}

function presentText(head: Buffer, size: number, redact: Redactor) {
  const text = decodeText(head, head.length === size);
  if (text === null) return null;
  const blind = redact(text);
  if (size <= MAX_TEXT_BYTES) return { ...blind, truncated: false };
  // What is cut off at the end is at least the margin in which a name could be incomplete.
  const end = Math.min(MAX_TEXT_BYTES, Math.max(0, blind.text.length - TEXT_MARGIN_BYTES));
  return { text: blind.text.slice(0, end).toWellFormed(), redacted: blind.redacted, truncated: true };
}
