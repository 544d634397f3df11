import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { archiveFixture, fileEntry, treeOf } from "../../../test/support/archive-fixture.ts";
import { verifyArchive } from "./verify-archive.ts";

const run = promisify(execFile);

describe("writeArchive", () => {
  it("gives equal files for equal inputs", async () => {
    const { write } = await archiveFixture();
    const [first, second] = [await write(), await write()];
    expect(second.sha256).toBe(first.sha256);
    expect((await write({ notes: "other" })).sha256).not.toBe(first.sha256);
  });

  it("signs a receipt over what sha256sum says of the file", async () => {
    const { archive, write } = await archiveFixture();
    const { receipt } = await write();
    const bytes = await readFile(archive);
    expect(receipt.statement).toMatchObject({
      archiveSha256: createHash("sha256").update(bytes).digest("hex"),
      archiveBytes: bytes.length,
      fileCount: 3,
      omittedCount: 1,
    });
  });

  it("can be read with tar and zstd", async () => {
    const { archive, write } = await archiveFixture();
    await write();
    const listed = await run("tar", ["--zstd", "-tf", archive]);
    expect(listed.stdout.split("\n").slice(0, 5)).toEqual([
      "manifest.json",
      "timeline.jsonl",
      "notes.md",
      "workspace/",
      "workspace/README.md",
    ]);
    const timeline = await run("tar", ["--zstd", "-xOf", archive, "timeline.jsonl"]);
    expect(timeline.stdout).toBe('{"type":"started"}\n{"type":"frozen"}\n');
  });

  it("streams files larger than what it holds in memory", async () => {
    const { archive, blobs, key, write } = await archiveFixture();
    const content = randomBytes(3 * 1024 * 1024);
    await blobs.write(content);
    await write({ tree: treeOf([fileEntry("model.bin", content)]) });
    expect(await verifyArchive(archive, { publicKey: key })).toMatchObject({
      manifest: { totalBytes: content.length },
    });
  });

  it("leaves no file behind when the store has lost or damaged something", async () => {
    const { archive, blobs, inputs, write } = await archiveFixture();
    const lost = treeOf([fileEntry("lost", "never stored")]);
    await expect(write({ tree: lost })).rejects.toThrow(/is missing/);
    const large = randomBytes(512 * 1024);
    const { sha256 } = await blobs.write(large);
    await writeFile(blobs.pathOf(sha256), randomBytes(large.length));
    await expect(write({ tree: treeOf([fileEntry("large", large)]) })).rejects.toThrow(/is not/);
    const breaks = async function* () {
      yield "{}";
      throw new Error("database gone");
    };
    await expect(write({ timeline: breaks() })).rejects.toThrow("database gone");
    await expect(write({ timeline: ["two\nlines"] })).rejects.toThrow(TypeError);
    await expect(write({ statement: { ...inputs.statement, submissionId: "x" } })).rejects.toThrow();
    expect(await readdir(dirname(archive))).toEqual([]);
  });
});
