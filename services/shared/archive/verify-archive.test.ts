import { open, readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { archiveFixture, newSigningKey, STATEMENT } from "../../../test/support/archive-fixture.ts";
import { ArchiveRejectedError } from "./archive-rejection.ts";
import { signReceipt } from "./receipt.ts";
import { SEAL_FRAME_BYTES } from "./seal.ts";
import { type VerifyOptions, verifyArchive } from "./verify-archive.ts";

/** The check that refused it, or "accepted". */
async function outcome(path: string, options?: VerifyOptions): Promise<string> {
  return verifyArchive(path, options).then(
    () => "accepted",
    (error) => {
      if (error instanceof ArchiveRejectedError) return error.check;
      throw error;
    },
  );
}

describe("an archive as it was written", () => {
  it("is accepted with the platform's key and the candidate's receipt", async () => {
    const { archive, key, write } = await archiveFixture();
    const written = await write();
    const verified = await verifyArchive(archive, { publicKey: key, receipt: written.receipt });
    expect(verified).toMatchObject({
      keyIsTrusted: true,
      receiptMatches: true,
      archiveSha256: written.sha256,
    });
    expect(verified.manifest).toMatchObject({ ...STATEMENT, fileCount: 3 });
    expect(verified.manifest.omitted).toEqual([{ path: "queue", reason: "fifo" }]);
  });

  it("says so when no key was given to trust", async () => {
    const { archive, write } = await archiveFixture();
    await write();
    expect(await verifyArchive(archive)).toMatchObject({ keyIsTrusted: false, receiptMatches: "not given" });
  });
});

describe("an archive that was changed", () => {
  it("is refused whichever byte changed, even without a trusted key", async () => {
    const { archive, write } = await archiveFixture();
    await write();
    const bytes = await readFile(archive);
    const file = await open(archive, "r+");
    const accepted: number[] = [];
    for (const [offset, byte] of bytes.entries()) {
      for (const changed of [byte ^ 0x01, byte ^ 0x80]) {
        await file.write(Buffer.of(changed), 0, 1, offset);
        if ((await outcome(archive)) === "accepted") accepted.push(offset);
      }
      await file.write(Buffer.of(byte), 0, 1, offset);
    }
    await file.close();
    expect(accepted).toEqual([]);
    expect(await outcome(archive)).toBe("accepted");
  }, 60_000);

  it("is refused when it is cut anywhere", async () => {
    const { archive, directory, write } = await archiveFixture();
    await write();
    const bytes = await readFile(archive);
    const cut = `${directory}/cut`;
    for (let length = 0; length < bytes.length; length += 7) {
      await writeFile(cut, bytes.subarray(0, length));
      expect(await outcome(cut), `at ${length}`).not.toBe("accepted");
    }
  });

  it("is refused with anything before, after, or between content and seal", async () => {
    const { archive, directory, write } = await archiveFixture();
    await write();
    const bytes = await readFile(archive);
    const [content, seal] = [bytes.subarray(0, -SEAL_FRAME_BYTES), bytes.subarray(-SEAL_FRAME_BYTES)];
    const extra = Buffer.from("x");
    const variants = [
      [extra, content, seal],
      [content, seal, extra],
      [content, extra, seal],
      [content, seal, seal],
    ];
    for (const variant of variants) {
      await writeFile(`${directory}/variant`, Buffer.concat(variant));
      expect(await outcome(`${directory}/variant`)).not.toBe("accepted");
    }
  });
});

describe("an archive of somebody else", () => {
  it("is consistent in itself but refused when the platform's key is given", async () => {
    const { archive, key, write } = await archiveFixture();
    await write({ signingKey: newSigningKey() });
    expect(await outcome(archive)).toBe("accepted");
    expect(await outcome(archive, { publicKey: key })).toBe("key");
  });

  it("is refused with the seal of another archive", async () => {
    const { archive, directory, key, write } = await archiveFixture();
    await write();
    const original = await readFile(archive);
    await write({ notes: "Better notes." });
    const better = await readFile(archive);
    const [content, seal] = [better.subarray(0, -SEAL_FRAME_BYTES), original.subarray(-SEAL_FRAME_BYTES)];
    await writeFile(`${directory}/swapped`, Buffer.concat([content, seal]));
    expect(await outcome(`${directory}/swapped`, { publicKey: key })).toBe("content");
  });
});

describe("a receipt", () => {
  it("is refused for another archive, with another statement, and from another signer", async () => {
    const { archive, key, write } = await archiveFixture();
    const earlier = await write({ notes: "" });
    const { receipt } = await write();
    const embellished = { ...receipt, statement: { ...receipt.statement, fileCount: 9 } };
    const forged = signReceipt(receipt.statement, newSigningKey());
    const resigned = signReceipt(embellished.statement, key);
    for (const wrong of [earlier.receipt, embellished, forged, resigned, {}, null, "receipt"])
      expect(await outcome(archive, { publicKey: key, receipt: wrong })).toBe("receipt");
    expect(await outcome(archive, { publicKey: key, receipt })).toBe("accepted");
  });
});

describe("a file that is not an archive", () => {
  it("is refused: empty, short, text, a directory", async () => {
    const { directory } = await archiveFixture();
    for (const content of ["", "x", "x".repeat(5000)]) {
      await writeFile(`${directory}/other`, content);
      expect(["size", "seal"]).toContain(await outcome(`${directory}/other`));
    }
    expect(await outcome(directory)).toBe("size");
  });

  it("is refused above the limits", async () => {
    const { archive, write } = await archiveFixture();
    await write();
    expect(await outcome(archive, { limits: { maxArchiveBytes: 1500 } })).toBe("size");
    expect(await outcome(archive, { limits: { maxManifestBytes: 100 } })).toBe("manifest");
    expect(await outcome(archive, { limits: { maxEntries: 5 } })).toBe("manifest");
    expect(await outcome(archive, { limits: { maxContentBytes: 20 } })).toBe("manifest");
  });
});
