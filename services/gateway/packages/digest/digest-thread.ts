import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { digestManifest, digestPackument } from "../npm/digest-packument.ts";
import { digestProject } from "../pypi/digest-project.ts";
import type { DigestAnswer, DigestJob } from "./digester.ts";
import { type Digest, MetadataInvalid } from "./document.ts";
import type { EntryHeader } from "./entry.ts";

/** What came from a registry may take long to read, or all memory: here it ends nothing but this thread. */
parentPort!.on("message", (job: DigestJob) => {
  let answer: DigestAnswer;
  try {
    writeEntry(job, digest(job));
    answer = { ok: true };
  } catch (error) {
    answer = { ok: false, message: (error as Error).message };
  }
  parentPort!.postMessage(answer);
});

function digest({ subject, contentType, rawPath }: DigestJob): Digest {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(rawPath));
  if (subject.kind === "project") return digestProject(text, contentType, subject);
  const document: unknown = JSON.parse(text);
  if (subject.kind === "packument") return digestPackument(document, contentType, subject);
  if (subject.kind === "manifest") return digestManifest(document, subject);
  throw new MetadataInvalid("there are no such metadata");
}

/** One file with all of it: a line that says where what is, then the documents and the list of files. */
function writeEntry({ entryPath, validators }: DigestJob, { documents, files }: Digest): void {
  const texts = {
    ...documents,
    files: { contentType: "", text: files.map((file) => `${JSON.stringify(file)}\n`).join("") },
  };
  const header: EntryHeader = { version: 1, validators, parts: {} };
  const contents: Buffer[] = [];
  let offset = 0;
  for (const [name, { contentType, text }] of Object.entries(texts)) {
    const bytes = Buffer.from(text);
    const digest = createHash("sha256").update(bytes).digest("base64url");
    header.parts[name] = { contentType, offset, length: bytes.length, digest };
    contents.push(bytes);
    offset += bytes.length;
  }
  writeFileSync(entryPath, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...contents]), {
    flag: "wx",
  });
}
