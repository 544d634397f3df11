import { z } from "zod";
import { Sha256 } from "./common.ts";

/**
 * Why a path of a workspace is not in its tree. `too_many_files` names the first path that was left out; more may
 * be missing beside it.
 */
export const OmissionReason = z.enum([
  "fifo",
  "socket",
  "device",
  "larger_than_workspace",
  "sparse_total_too_large",
  "hard_link_total_too_large",
  "other_filesystem",
  "unreadable",
  "too_many_files",
]);
export type OmissionReason = z.infer<typeof OmissionReason>;

/**
 * A path inside a workspace, relative, `/`-separated, without `.` or `..` segments.
 * `path` is for people and may hold U+FFFD; `pathBase64` is there only when the name is not valid UTF-8
 * and holds the exact bytes.
 */
const NamedPath = { path: z.string(), pathBase64: z.string().optional() };

const Mode = z.int().min(0).max(0o7777);
const Mtime = z.int();

export const TreeEntry = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("file"),
    ...NamedPath,
    mode: Mode,
    mtimeMs: Mtime,
    size: z.int().min(0),
    sha256: Sha256,
  }),
  z.object({ type: z.literal("directory"), ...NamedPath, mode: Mode, mtimeMs: Mtime }),
  /** A symlink is kept as its text and never followed. */
  z.object({
    type: z.literal("symlink"),
    ...NamedPath,
    mode: Mode,
    mtimeMs: Mtime,
    target: z.string(),
    targetBase64: z.string().optional(),
  }),
]);
export type TreeEntry = z.infer<typeof TreeEntry>;

export const Omission = z.object({ ...NamedPath, reason: OmissionReason, size: z.int().min(0).optional() });
export type Omission = z.infer<typeof Omission>;

/**
 * All files of a workspace at one instant, content addressed: each file's bytes are the blob of its sha256.
 * Entries are in byte order of their path, so equal workspaces have equal trees.
 */
export const Tree = z.object({
  format: z.literal("worksample-tree-1"),
  entries: z.array(TreeEntry),
  omitted: z.array(Omission),
});
export type Tree = z.infer<typeof Tree>;
