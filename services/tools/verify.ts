/**
 * `npm run verify -- <archive> [--public-key FILE] [--receipt FILE]`: checks a submission's archive, offline.
 * Exit code: 0 it holds, 1 it does not, 2 it could not be checked.
 */
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { ArchiveRejectedError } from "../shared/archive/archive-rejection.ts";
import { type PublicKey, publicKeyFileOf, readPublicKeyPem } from "../shared/archive/signing-key.ts";
import { type VerifiedArchive, verifyArchive } from "../shared/archive/verify-archive.ts";
import { signingKeyFile } from "../shared/sandbox/layout.ts";

const USAGE = "Usage: npm run verify -- <archive> [--public-key FILE] [--receipt FILE]";
const MAX_RECEIPT_BYTES = 16 * 1024 * 1024;

class UsageError extends Error {}

interface Arguments {
  archive: string;
  publicKeyFile: string | undefined;
  receiptFile: string | undefined;
}

async function run(): Promise<number> {
  try {
    const given = readArguments();
    const publicKey = given.publicKeyFile ? await readKey(given.publicKeyFile) : undefined;
    const receipt = given.receiptFile ? await readReceipt(given.receiptFile) : undefined;
    const verified = await verifyArchive(given.archive, { publicKey, receipt });
    console.log(report(verified, given));
    return 0;
  } catch (error) {
    if (error instanceof ArchiveRejectedError) {
      console.log(`NOT VERIFIED (${error.check}): ${plain(error.message)}`);
      return 1;
    }
    console.error(plain((error as Error).message));
    if (error instanceof UsageError) console.error(USAGE);
    return 2;
  }
}

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { "public-key": { type: "string" }, receipt: { type: "string" } },
    });
    if (positionals.length !== 1) throw new Error("Name one archive.");
    const publicKeyFile = values["public-key"] ?? localPublicKeyFile();
    return { archive: positionals[0]!, publicKeyFile, receiptFile: values.receipt };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The public key of a platform that runs in this directory, if there is exactly one. */
function localPublicKeyFile(): string | undefined {
  const found = [".worksample", ".worksample/*"].flatMap((dataDir) =>
    globSync(publicKeyFileOf(signingKeyFile(dataDir))),
  );
  return found.length === 1 ? found[0] : undefined;
}

async function readKey(file: string): Promise<PublicKey> {
  try {
    return readPublicKeyPem(await readFile(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} is not a public key: ${(error as Error).message}`);
  }
}

/** A receipt as such, or inside the answer of the api that a candidate saved. */
async function readReceipt(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8");
  if (text.length > MAX_RECEIPT_BYTES) throw new UsageError(`${file} is too long to be a receipt`);
  try {
    const json: unknown = JSON.parse(text);
    return json !== null && typeof json === "object" && "receipt" in json ? json.receipt : json;
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
}

function report({ seal, manifest, ...archive }: VerifiedArchive, given: Arguments): string {
  const omitted = manifest.omitted.map(({ path, reason }) => `             ${plain(path)}: ${reason}`);
  return [
    given.publicKeyFile
      ? "VERIFIED"
      : "CONSISTENT, but not proven to come from your platform (no trusted key)",
    `Assessment   ${plain(manifest.assessment)}`,
    `Submission   ${manifest.submissionId} (attempt ${manifest.attemptId})`,
    `Started      ${manifest.startedAt}`,
    `Frozen       ${manifest.frozenAt} (${REASONS[manifest.reason]})`,
    `Sealed       ${manifest.sealedAt}`,
    `Contents     ${manifest.fileCount} files, ${manifest.totalBytes} bytes; ${omitted.length} left out`,
    ...omitted.slice(0, 20),
    ...(omitted.length > 20 ? [`             and ${omitted.length - 20} more`] : []),
    `Archive      ${archive.archiveBytes} bytes, SHA-256 ${archive.archiveSha256}`,
    `Key          ${seal.keyId}`,
    given.publicKeyFile
      ? `Trusted key: given (${plain(given.publicKeyFile)})`
      : "Trusted key: NOT given: only internal consistency and signature by the embedded key were checked",
    archive.receiptMatches === true
      ? "Receipt: signed with the same key, and for this archive"
      : "Receipt: not given",
  ].join("\n");
}

const REASONS = {
  candidate: "submitted by the candidate",
  deadline: "the time was up",
  admin: "ended by an admin",
} as const;

/** Without control characters: an archive must not drive the terminal of who checks it. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD");
}

process.exitCode = await run();
