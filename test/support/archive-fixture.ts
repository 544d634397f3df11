import { generateKeyPairSync, hash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { nameOf } from "../../services/shared/archive/byte-names.ts";
import type { ArchiveStatement } from "../../services/shared/archive/manifest.ts";
import { readPublicKeyPem, type SigningKey } from "../../services/shared/archive/signing-key.ts";
import { type ArchiveInputs, writeArchive } from "../../services/shared/archive/write-archive.ts";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import type { Tree, TreeEntry } from "../../services/shared/contracts/tree.ts";
import { scratchDirectory } from "./scratch-directory.ts";

export const STATEMENT: ArchiveStatement = {
  submissionId: "0b5f4a52-9a0e-4a38-8d7e-0a4f2f1f3c11",
  attemptId: "7c0c9f4e-3f65-4b62-9f1c-6c2d0c2b7a10",
  assessment: "Ticket triage",
  startedAt: "2026-03-01T09:00:00.000Z",
  frozenAt: "2026-03-01T11:00:00.000Z",
  sealedAt: "2026-03-01T11:00:02.000Z",
  reason: "deadline",
};

export function newSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { privateKey, ...readPublicKeyPem(String(publicKey.export({ type: "spki", format: "pem" }))) };
}

const COMMON = { mode: 0o644, mtimeMs: 1_772_355_600_000 };

export function fileEntry(path: string | Buffer, content: string | Buffer): TreeEntry & { type: "file" } {
  const bytes = Buffer.from(content);
  const name = nameOf(Buffer.from(path));
  return { type: "file", ...name, ...COMMON, size: bytes.length, sha256: hash("sha256", bytes, "hex") };
}

export function directoryEntry(path: string | Buffer): TreeEntry {
  return { type: "directory", ...nameOf(Buffer.from(path)), ...COMMON, mode: 0o755 };
}

export function symlinkEntry(path: string, target: string): TreeEntry {
  return { type: "symlink", path, ...COMMON, mode: 0o777, target };
}

export function treeOf(entries: TreeEntry[], omitted: Tree["omitted"] = []): Tree {
  return { format: "worksample-tree-1", entries, omitted };
}

const CONTENTS = { "README.md": "# My answer\n", "src/app.py": "print('ready')\n", "src/empty": "" };

/** A small workspace: three files, a directory, a symlink, and one thing left out. */
export function sampleTree(): Tree {
  return treeOf(
    [
      fileEntry("README.md", CONTENTS["README.md"]),
      directoryEntry("src"),
      fileEntry("src/app.py", CONTENTS["src/app.py"]),
      fileEntry("src/empty", ""),
      symlinkEntry("src/passwd", "/etc/passwd"),
    ],
    [{ path: "queue", reason: "fifo" }],
  );
}

export interface ArchiveFixture {
  directory: string;
  blobs: LocalBlobStore;
  key: SigningKey;
  archive: string;
  inputs: ArchiveInputs;
  /** Writes the archive, with other inputs where given. */
  write(changes?: Partial<ArchiveInputs>): ReturnType<typeof writeArchive>;
}

export async function archiveFixture(): Promise<ArchiveFixture> {
  const directory = await scratchDirectory();
  const blobs = new LocalBlobStore(join(directory, "blobs"));
  for (const content of Object.values(CONTENTS)) await blobs.write(Buffer.from(content));
  await mkdir(join(directory, "out"));
  const key = newSigningKey();
  const archive = join(directory, "out", "submission.tar.zst");
  const inputs: ArchiveInputs = {
    tree: sampleTree(),
    blobs,
    timeline: ['{"type":"started"}', '{"type":"frozen"}'],
    notes: "Start with README.md.",
    statement: STATEMENT,
    signingKey: key,
    out: archive,
  };
  return {
    directory,
    blobs,
    key,
    archive,
    inputs,
    write: (changes) => writeArchive({ ...inputs, ...changes }),
  };
}
