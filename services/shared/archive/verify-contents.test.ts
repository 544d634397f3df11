import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type ArchiveFixture, archiveFixture } from "../../../test/support/archive-fixture.ts";
import { ArchiveRejectedError } from "./archive-rejection.ts";
import { Manifest } from "./manifest.ts";
import { SEAL_FRAME_BYTES, sealFrame, signSeal } from "./seal.ts";
import { BLOCK, paddingOf, tarHeader } from "./tar-format.ts";
import { treeJson } from "./tree-json.ts";
import { verifyArchive } from "./verify-archive.ts";

const compress = promisify(zstdCompress);

/** An archive whose tar, manifest or frames were changed and then sealed anew with the platform's own key. */
async function sealedAnew(fixture: ArchiveFixture, change: Change): Promise<string> {
  const bytes = await readFile(fixture.archive);
  const tar = zstdDecompressSync(bytes.subarray(0, -SEAL_FRAME_BYTES));
  const parts = splitManifest(tar);
  const manifest = change.manifest ? change.manifest(parts.manifest) : parts.manifest;
  const rest = change.rest ? change.rest(parts.rest) : parts.rest;
  const options = { params: { [constants.ZSTD_c_checksumFlag]: change.checksum === false ? 0 : 1 } };
  const frame = await compress(Buffer.concat([manifestInTar(manifest), rest]), options);
  const content = Buffer.concat([frame, change.after ?? Buffer.alloc(0)]);
  const seal = signSeal(
    {
      submissionId: fixture.inputs.statement.submissionId,
      attemptId: change.attemptId ?? fixture.inputs.statement.attemptId,
      contentSha256: sha256(content),
      manifestSha256: sha256(manifest),
    },
    fixture.key,
  );
  const path = `${fixture.directory}/anew`;
  await writeFile(path, Buffer.concat([content, sealFrame(seal)]));
  return path;
}

interface Change {
  manifest?: (json: Buffer) => Buffer;
  rest?: (tar: Buffer) => Buffer;
  after?: Buffer;
  attemptId?: string;
  checksum?: boolean;
}

function splitManifest(tar: Buffer) {
  const size = Number.parseInt(tar.toString("latin1", 124, 135), 8);
  const manifest = tar.subarray(BLOCK, BLOCK + size);
  return { manifest, rest: tar.subarray(BLOCK + size + paddingOf(size).length) };
}

function manifestInTar(json: Buffer): Buffer {
  const mtimeMs = Date.parse("2026-03-01T11:00:00.000Z");
  const path = Buffer.from("manifest.json");
  const header = tarHeader({ type: "file", path, mode: 0o644, mtimeMs, size: json.length, owner: 10001 });
  return Buffer.concat([header, json, paddingOf(json.length)]);
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function editManifest(edit: (manifest: Manifest) => void) {
  return (json: Buffer) => {
    const manifest = Manifest.parse(JSON.parse(json.toString()));
    edit(manifest);
    return Buffer.from(`${JSON.stringify(manifest)}\n`);
  };
}

function editTree(edit: (manifest: Manifest) => void) {
  return editManifest((manifest) => {
    edit(manifest);
    const { entries, omitted } = manifest;
    manifest.treeSha256 = sha256(
      Buffer.concat([...treeJson({ format: "worksample-tree-1", entries, omitted })]),
    );
  });
}

function replaceOnce(from: string, to: string) {
  return (bytes: Buffer) => {
    const at = bytes.indexOf(from);
    if (at === -1) throw new Error(`${from} is not there`);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + from.length)]);
  };
}

const EXTRA = tarHeader({
  type: "file",
  path: Buffer.from("x"),
  mode: 0o644,
  mtimeMs: 0,
  size: 0,
  owner: 10001,
});
const ZEROS = Buffer.alloc(BLOCK);

const LIES: [what: string, check: string, change: Change][] = [
  ["a file's bytes", "file", { rest: replaceOnce("print('ready')", "print('READY')") }],
  ["the timeline", "timeline", { rest: replaceOnce("frozen", "FROZEN") }],
  ["the notes", "notes", { rest: replaceOnce("Start with", "START with") }],
  ["a symlink's target", "layout", { rest: replaceOnce("/etc/passwd", "/etc/shadow") }],
  ["a file's name", "layout", { rest: replaceOnce("workspace/src/app.py", "workspace/src/apP.py") }],
  ["a byte of padding", "layout", { rest: replaceOnce("print('ready')\n\0", "print('ready')\n\x01") }],
  [
    "an entry before the end",
    "layout",
    { rest: (tar) => Buffer.concat([tar.subarray(0, -1024), EXTRA, tar.subarray(-1024)]) },
  ],
  ["an entry after the end", "layout", { rest: (tar) => Buffer.concat([tar, EXTRA]) }],
  ["more zeros at the end", "layout", { rest: (tar) => Buffer.concat([tar, ZEROS]) }],
  ["a missing end", "layout", { rest: (tar) => tar.subarray(0, -1024) }],
  [
    "a missing entry",
    "layout",
    { rest: (tar) => Buffer.concat([tar.subarray(0, -1536), tar.subarray(-1024)]) },
  ],
  [
    "a mode in the manifest, with its totals right",
    "layout",
    { manifest: editTree(({ entries }) => (entries[0]!.mode = 0o777)) },
  ],
  [
    "a mode in the manifest",
    "manifest",
    { manifest: editManifest(({ entries }) => (entries[0]!.mode = 0o777)) },
  ],
  [
    "a size in the manifest",
    "manifest",
    { manifest: editManifest(({ entries }) => Object.assign(entries[0]!, { size: 3 })) },
  ],
  [
    "a path that escapes",
    "manifest",
    { manifest: editManifest(({ entries }) => (entries[0]!.path = "../README.md")) },
  ],
  [
    "a path through a symlink",
    "manifest",
    { manifest: editManifest(({ entries }) => entries.push({ ...entries[0]!, path: "src/passwd/x" })) },
  ],
  [
    "a path twice",
    "manifest",
    { manifest: editManifest(({ entries }) => entries.splice(1, 0, entries[0]!)) },
  ],
  ["totals of the manifest", "manifest", { manifest: editManifest((manifest) => manifest.totalBytes++) }],
  ["an omission taken out", "manifest", { manifest: editManifest((manifest) => manifest.omitted.pop()) }],
  ["spaces in the manifest", "manifest", { manifest: replaceOnce('{"format"', '{ "format"') }],
  ["a key twice in the manifest", "manifest", { manifest: replaceOnce('{"format"', '{"notes":1,"format"') }],
  [
    "an unknown key in an entry",
    "manifest",
    { manifest: replaceOnce('{"type":"file"', '{"x":1,"type":"file"') },
  ],
  ["a manifest that is not JSON", "manifest", { manifest: () => Buffer.from("[") }],
  ["another attempt in the seal", "manifest", { attemptId: "11111111-1111-4111-8111-111111111111" }],
  ["no checksum in the frame", "compression", { checksum: false }],
  ["a hidden frame", "compression", { after: Buffer.from("502a4d180400000068696465", "hex") }],
  ["bytes behind the frame", "compression", { after: Buffer.from("hidden") }],
];

describe("an archive that is sealed with the right key but does not hold what its manifest says", () => {
  it.each(LIES)("is refused for %s", async (_what, check, change) => {
    const fixture = await archiveFixture();
    await fixture.write();
    const path = await sealedAnew(fixture, change);
    const refusal = await verifyArchive(path, { publicKey: fixture.key }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ArchiveRejectedError);
    expect((refusal as ArchiveRejectedError).check).toBe(check);
  });

  it("is accepted when nothing was changed, so that the refusals above mean something", async () => {
    const fixture = await archiveFixture();
    await fixture.write();
    const path = await sealedAnew(fixture, {});
    expect(await verifyArchive(path, { publicKey: fixture.key })).toMatchObject({ keyIsTrusted: true });
  });
});
