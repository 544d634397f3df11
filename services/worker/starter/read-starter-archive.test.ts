import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { LocalBlobStore } from "../../shared/blobs/local-blob-store.ts";
import { readTree } from "../../shared/blobs/tree-blobs.ts";
import { readStarterArchive } from "./read-starter-archive.ts";
import { type StarterLimits, StarterRefusedError } from "./starter-collector.ts";

let directory: string;
let blobs: LocalBlobStore;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "worksample-test-"));
  blobs = new LocalBlobStore(directory);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

interface Entry {
  name: string;
  text?: string;
  mode?: number;
  type?: "file" | "directory" | "symlink" | "link" | "fifo" | "character-device";
}

function tarOf(entries: Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text = "", mode = 0o644, type = "file" } of entries)
    tar.entry({ name, mode, type, ...(type.includes("link") ? { linkname: "/etc/passwd" } : {}) }, text);
  tar.finalize();
  return buffer(tar);
}

async function zipOf(entries: Entry[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, text = "", mode = 0o644, type } of entries)
    if (type === "directory") zip.addEmptyDirectory(name);
    else zip.addBuffer(Buffer.from(text), name, { mode: type === "symlink" ? 0o120777 : 0o100000 | mode });
  zip.end();
  return buffer(zip.outputStream as never);
}

async function read(archive: Buffer, limits?: StarterLimits) {
  const { sha256 } = await blobs.write(archive);
  return readTree(await readStarterArchive(blobs, sha256, limits), blobs);
}

async function problemsOf(archive: Buffer, limits?: StarterLimits): Promise<readonly string[]> {
  const error = await read(archive, limits).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StarterRefusedError);
  return (error as StarterRefusedError).problems;
}

const GOOD: Entry[] = [
  { name: "src/", type: "directory" },
  { name: "src/run.sh", text: "#!/bin/sh\n", mode: 0o4755 },
  { name: `deep/${"long-name-".repeat(15)}/ünï.md`, text: "text" },
  { name: "__MACOSX/._run.sh", text: "junk" },
];

describe.each([
  ["tar", tarOf],
  ["tar.gz", async (entries: Entry[]) => gzipSync(await tarOf(entries))],
  ["zip", zipOf],
])("a %s", (_kind, archiveOf) => {
  it("becomes a tree with safe modes and fixed dates, whatever its order", async () => {
    const tree = await read(await archiveOf(GOOD));
    const files = tree.entries.filter((entry) => entry.type === "file");
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      [`deep/${"long-name-".repeat(15)}/ünï.md`, 0o644],
      ["src/run.sh", 0o755],
    ]);
    expect(files[1]!.sha256).toBe(createHash("sha256").update("#!/bin/sh\n").digest("hex"));
    expect(await read(await archiveOf(GOOD.toReversed()))).toEqual(tree);
  });

  it.each([
    ["a link", [{ name: "a", type: "symlink" as const }], /a is a symbolic link/],
    ["a file twice", [{ name: "a" }, { name: "a" }], /a is in the archive twice/],
    ["a file below a file", [{ name: "a" }, { name: "a/b" }], /a\/b lies below a file/],
    ["nothing", [], /is empty/],
  ])("with %s is refused", async (_name, entries, message) => {
    expect((await problemsOf(await archiveOf(entries)))[0]).toMatch(message);
  });

  it("is bounded in entries, in each file and in all, and leaves no blob behind", async () => {
    const many = Array.from({ length: 4 }, (_, index) => ({
      name: `f${index}`,
      text: `${index}`.repeat(1000),
    }));
    const limits = { entries: 10, fileBytes: 2000, totalBytes: 10_000 };
    const archive = await archiveOf(many);
    expect((await read(archive, limits)).entries).toHaveLength(4);
    expect((await problemsOf(archive, { ...limits, entries: 3 }))[0]).toMatch(/more than 3 entries/);
    expect((await problemsOf(archive, { ...limits, totalBytes: 3999 }))[0]).toMatch(/Unpacked/);
    const secret = "a text that is nowhere else".repeat(10);
    const large = await archiveOf([
      { name: "small", text: secret },
      { name: "large", text: "x".repeat(3000) },
    ]);
    expect((await problemsOf(large, limits))[0]).toMatch(/large is larger/);
    expect(await blobs.has(createHash("sha256").update(secret).digest("hex"))).toBe(false);
  });
});

it.each(["../a", "/etc/passwd", "a/../../b", "a\\b", "C:/a", "a\u0007b", "a/./b"])(
  "refuses a tar with the path %j",
  async (name) => {
    const problems = await problemsOf(await tarOf([{ name, text: "x" }]));
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain("\u0007");
  },
);

it.each(["link", "fifo", "character-device"] as const)("refuses a tar with a %s", async (type) => {
  expect(await problemsOf(await tarOf([{ name: "a", type }, { name: "../b" }]))).toHaveLength(2);
});

it("says what else a file may be", async () => {
  expect(await problemsOf(Buffer.from("hello"))).toEqual([
    "This is neither a .zip nor a .tar nor a .tar.gz file.",
  ]);
  const tar = await tarOf([{ name: "a", text: "x".repeat(2000) }]);
  expect((await problemsOf(tar.subarray(0, 1500)))[0]).toMatch(/ends in the middle/);
  expect((await problemsOf(gzipSync(tar).subarray(0, 50)))[0]).toMatch(/damaged/);
  const zip = await zipOf([{ name: "a", text: "x" }]);
  expect((await problemsOf(zip.subarray(0, zip.length - 10)))[0]).toMatch(/zip cannot be read/);
  zip.writeUInt16LE(1, zip.indexOf("PK\u0001\u0002") + 8);
  expect((await problemsOf(zip))[0]).toMatch(/encrypted/);
});

it("holds no more than 64 KiB of a name, however long the archive says it is", async () => {
  const header = Buffer.alloc(512);
  header.write("././@LongLink", 0);
  header.write("77777777777\0", 124);
  header.write("        ", 148);
  header.write("L", 156);
  header.write("ustar\u000000", 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  expect((await problemsOf(Buffer.concat([header, Buffer.alloc(100_000, 97)])))[0]).toMatch(/far too long/);
});
