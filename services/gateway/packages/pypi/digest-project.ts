import { Parser } from "htmlparser2";
import { fromHex } from "ssri";
import {
  type Digest,
  fileUrl,
  isRecord,
  lastComponent,
  MAX_FILES,
  MetadataInvalid,
  type MetadataSubject,
} from "../digest/document.ts";
import type { RegistryFile } from "../registry-file.ts";
import { PYPI_FILE, versionOfFile } from "./pypi-names.ts";
import { writeProjectHtml, writeProjectJson } from "./write-project.ts";

/** A file as an index lists it, with what installers choose by. */
export interface ProjectFile extends RegistryFile {
  requiresPython: string | null;
  /** A reason, which may be empty; null: not yanked. */
  yanked: string | null;
  uploadTime: string | null;
}

/** The page of a project in both forms that installers ask for. @throws MetadataInvalid */
export function digestProject(text: string, contentType: string, subject: MetadataSubject): Digest {
  const { files, versions } = readListing(text, contentType, subject.url);
  const unique = [...new Map(files.map((file) => [file.file, file])).values()];
  return {
    documents: {
      json: {
        contentType: "application/vnd.pypi.simple.v1+json",
        text: writeProjectJson(subject.name, unique, versions),
      },
      html: {
        contentType: "application/vnd.pypi.simple.v1+html",
        text: writeProjectHtml(subject.name, unique),
      },
    },
    files: unique.map(({ requiresPython, yanked, uploadTime, ...file }) => file),
  };
}

function readListing(text: string, contentType: string, base: string): Listing {
  const type = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (type === "application/vnd.pypi.simple.v1+json") return readJson(text, base);
  if (type === "application/vnd.pypi.simple.v1+html" || type === "text/html") return readHtml(text, base);
  throw new MetadataInvalid("the index speaks another protocol");
}

interface Listing {
  files: ProjectFile[];
  /** Null when the index does not list them. */
  versions: string[] | null;
}

/** PEP 691. */
function readJson(text: string, base: string): Listing {
  const page: unknown = JSON.parse(text);
  if (!isRecord(page) || !isRecord(page.meta) || !Array.isArray(page.files))
    throw new MetadataInvalid("this is no page of a project");
  if (!/^1\.\d+$/.test(String(page.meta["api-version"])))
    throw new MetadataInvalid("the index speaks another version of the protocol");
  if (page.files.length > MAX_FILES) throw new MetadataInvalid("the project has too many files");
  const versions = Array.isArray(page.versions) ? page.versions.filter(isText) : null;
  return { files: page.files.flatMap((file: unknown) => readJsonFile(file, base)), versions };
}

function readJsonFile(file: unknown, base: string): ProjectFile[] {
  if (!isRecord(file) || !isText(file.filename) || !PYPI_FILE.test(file.filename)) return [];
  const url = fileUrl(file.url, base);
  if (!url) return [];
  url.hash = "";
  const metadata = file["core-metadata"] ?? file["dist-info-metadata"];
  return [
    {
      file: file.filename,
      version: versionOfFile(file.filename),
      url: url.href,
      integrity: integrityOf(isRecord(file.hashes) ? file.hashes : {}),
      bytes: Number.isSafeInteger(file.size) && (file.size as number) >= 0 ? (file.size as number) : null,
      metadataIntegrity: integrityOf(isRecord(metadata) ? metadata : {}),
      requiresPython: isText(file["requires-python"]) ? file["requires-python"] : null,
      yanked: file.yanked === true ? "" : isText(file.yanked) ? file.yanked : null,
      uploadTime: isText(file["upload-time"]) ? file["upload-time"] : null,
    },
  ];
}

/** PEP 503, with the attributes of its successors. */
function readHtml(text: string, base: string): Listing {
  const files: ProjectFile[] = [];
  let at = base;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === "base") at = fileUrl(attributes.href, base)?.href ?? at;
      if (name === "a") files.push(...readAnchor(attributes, at));
      if (files.length > MAX_FILES) throw new MetadataInvalid("the project has too many files");
    },
  });
  parser.write(text);
  parser.end();
  return { files, versions: null };
}

function readAnchor(attributes: Record<string, string>, base: string): ProjectFile[] {
  const url = fileUrl(attributes.href, base);
  if (!url) return [];
  const file = lastComponent(url);
  if (!PYPI_FILE.test(file)) return [];
  const hash = url.hash.slice(1);
  url.hash = "";
  const metadata = attributes["data-core-metadata"] ?? attributes["data-dist-info-metadata"] ?? "";
  const yanked = attributes["data-yanked"];
  return [
    {
      file,
      version: versionOfFile(file),
      url: url.href,
      integrity: integrityOf(pairOf(hash)),
      bytes: null,
      metadataIntegrity: integrityOf(pairOf(metadata)),
      requiresPython: attributes["data-requires-python"] || null,
      yanked: yanked === undefined ? null : yanked.slice(0, 1000),
      uploadTime: null,
    },
  ];
}

/** `sha256=…` */
function pairOf(text: string): Record<string, string> {
  const [algorithm, digest] = text.split("=");
  return algorithm && digest ? { [algorithm]: digest } : {};
}

/** MD5 and SHA-1, which some indexes still give, prove nothing. */
function integrityOf(hashes: Record<string, unknown>): string | null {
  const lengths = { sha512: 128, sha384: 96, sha256: 64 };
  for (const [algorithm, length] of Object.entries(lengths)) {
    const digest = hashes[algorithm];
    if (isText(digest) && digest.length === length && /^[0-9a-fA-F]+$/.test(digest))
      return fromHex(digest, algorithm).toString();
  }
  return null;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= 1000;
}
