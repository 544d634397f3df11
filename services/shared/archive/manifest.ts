import { z } from "zod";
import { Sha256 } from "../contracts/common.ts";
import { ReceiptStatement } from "../contracts/receipt.ts";
import { Tree } from "../contracts/tree.ts";
import { treeMembersJson } from "./tree-json.ts";

/** What is sealed, by whom it was asked and when; the same facts are on the candidate's receipt. */
export const ArchiveStatement = ReceiptStatement.pick({
  submissionId: true,
  attemptId: true,
  assessment: true,
  startedAt: true,
  frozenAt: true,
  sealedAt: true,
  reason: true,
});
export type ArchiveStatement = z.infer<typeof ArchiveStatement>;

const Attachment = z.strictObject({ bytes: z.int().min(0), sha256: Sha256 });

const ManifestHead = z.strictObject({
  format: z.literal("worksample-manifest-1"),
  ...ArchiveStatement.shape,
  treeSha256: Sha256,
  fileCount: z.int().min(0),
  totalBytes: z.int().min(0),
  timeline: Attachment,
  notes: Attachment,
});
export type ManifestHead = z.infer<typeof ManifestHead>;

/** `manifest.json`, the first file of an archive: it lists everything else that is in it. */
export const Manifest = ManifestHead.extend({ entries: Tree.shape.entries, omitted: Tree.shape.omitted });
export type Manifest = z.infer<typeof Manifest>;

/** Names of an archive's own files; the workspace is below `workspace/`. */
export const ARCHIVE_NAMES = {
  manifest: "manifest.json",
  timeline: "timeline.jsonl",
  notes: "notes.md",
  workspace: "workspace",
} as const;

/** Number and total size of the files of a tree. */
export function countFiles(tree: Pick<Tree, "entries">): { fileCount: number; totalBytes: number } {
  let fileCount = 0;
  let totalBytes = 0;
  for (const entry of tree.entries) {
    if (entry.type !== "file") continue;
    fileCount++;
    totalBytes += entry.size;
  }
  return { fileCount, totalBytes };
}

/** The one spelling of a manifest, in pieces. Joined: JSON without spaces and a newline. */
export function* manifestJson(head: ManifestHead, tree: Tree): Generator<Buffer> {
  const text = JSON.stringify(ManifestHead.parse(head));
  yield Buffer.from(`${text.slice(0, -1)},`);
  yield* treeMembersJson(tree);
  yield Buffer.from("}\n");
}
