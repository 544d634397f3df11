import { createHash, createPublicKey } from "node:crypto";
import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { scratchDirectory } from "../../../test/support/scratch-directory.ts";
import {
  isSignedText,
  loadOrCreateSigningKey,
  publicKeyFileOf,
  readPublicKeyPem,
  signText,
} from "./signing-key.ts";

it("makes one key, even when several processes start at once, and keeps it", async () => {
  const file = `${await scratchDirectory()}/keys/signing.pem`;
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateSigningKey(file)));
  expect(new Set(keys.map((key) => key.publicKey)).size).toBe(1);
  expect((await loadOrCreateSigningKey(file)).keyId).toBe(keys[0]!.keyId);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readdir(dirname(file))).sort()).toEqual(["signing.pem", "signing.pub"]);
});

it("puts the public half beside it, and names the key by its digest", async () => {
  const file = `${await scratchDirectory()}/signing.pem`;
  const key = await loadOrCreateSigningKey(file);
  const pem = await readFile(publicKeyFileOf(file), "utf8");
  const der = createPublicKey(pem).export({ type: "spki", format: "der" });
  expect(key.keyId).toBe(createHash("sha256").update(der).digest("hex").slice(0, 16));
  expect(readPublicKeyPem(pem)).toEqual({ keyId: key.keyId, publicKey: key.publicKey });
});

it("refuses a key that others can read, and one that is damaged", async () => {
  const file = `${await scratchDirectory()}/signing.pem`;
  await loadOrCreateSigningKey(file);
  await chmod(file, 0o644);
  await expect(loadOrCreateSigningKey(file)).rejects.toThrow(/can be read by others/);
  await chmod(file, 0o600);
  await writeFile(file, "no key");
  await expect(loadOrCreateSigningKey(file)).rejects.toThrow();
});

it("accepts its own signature and no variation of text, signature or key", async () => {
  const key = await loadOrCreateSigningKey(`${await scratchDirectory()}/signing.pem`);
  const signature = signText("text", key);
  expect(isSignedText("text", signature, key)).toBe(true);
  expect(isSignedText("texT", signature, key)).toBe(false);
  expect(isSignedText("text", `${signature}=`, key)).toBe(false);
  expect(isSignedText("text", "", key)).toBe(false);
  expect(isSignedText("text", signature, { ...key, keyId: "0".repeat(16) })).toBe(false);
  expect(isSignedText("text", signature, { ...key, publicKey: "AAAA" })).toBe(false);
});
