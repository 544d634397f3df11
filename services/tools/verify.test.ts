import { spawnSync } from "node:child_process";
import { createPublicKey } from "node:crypto";
import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { archiveFixture, newSigningKey, STATEMENT } from "../../test/support/archive-fixture.ts";

const VERIFY = fileURLToPath(new URL("./verify.ts", import.meta.url));

function verify(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFY, ...args], {
    cwd,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function pemOf(key: ReturnType<typeof newSigningKey>): string {
  return String(createPublicKey(key.privateKey).export({ type: "spki", format: "pem" }));
}

it("says what was sealed and by which key, and accepts the receipt as the api gives it", async () => {
  const { archive, directory, key, write } = await archiveFixture();
  const { receipt, sha256 } = await write();
  await writeFile(`${directory}/key.pub`, pemOf(key));
  await writeFile(`${directory}/receipt.json`, JSON.stringify({ receipt, files: [] }));
  const args = [archive, "--public-key", "key.pub", "--receipt", "receipt.json"];
  const { status, stdout } = verify(directory, ...args);
  expect(status).toBe(0);
  for (const fact of [
    "VERIFIED\n",
    STATEMENT.submissionId,
    sha256,
    key.keyId,
    "3 files",
    "queue: fifo",
    "Receipt: signed",
  ])
    expect(stdout).toContain(fact);
});

it("does not claim more than it checked when there is no key, and finds the key of a platform that runs here", async () => {
  const { archive, directory, key, write } = await archiveFixture();
  await write();
  expect(verify(directory, archive)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^CONSISTENT[\s\S]*Trusted key: NOT given/),
  });
  await mkdir(`${directory}/.worksample/data/keys`, { recursive: true });
  await writeFile(`${directory}/.worksample/data/keys/submission-signing.pub`, pemOf(key));
  expect(verify(directory, archive).stdout).toMatch(/^VERIFIED/);
  await write({ signingKey: newSigningKey() });
  expect(verify(directory, archive)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("NOT VERIFIED (key)"),
  });
});

it("exits with 1 for a changed archive and with 2 when there is nothing to check", async () => {
  const { archive, directory, write } = await archiveFixture();
  await write();
  await appendFile(archive, "x");
  expect(verify(directory, archive)).toMatchObject({
    status: 1,
    stdout: "NOT VERIFIED (seal): the file does not end in a seal\n",
  });
  expect(verify(directory)).toMatchObject({ status: 2, stderr: expect.stringContaining("Usage:") });
  expect(verify(directory, "missing")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("ENOENT"),
  });
  expect(verify(directory, archive, "--public-key", archive).status).toBe(2);
  expect(verify(directory, archive, "--receipt", archive).status).toBe(2);
});

it("passes no control characters of an archive on to the terminal", async () => {
  const { archive, directory, inputs, write } = await archiveFixture();
  const tree = { ...inputs.tree, omitted: [{ path: "\u001b]0;owned\u0007", reason: "fifo" as const }] };
  await write({ tree, statement: { ...STATEMENT, assessment: "\u001b[2JTrust me" } });
  const { status, stdout } = verify(directory, archive);
  expect(status).toBe(0);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).toContain("Trust me");
});
