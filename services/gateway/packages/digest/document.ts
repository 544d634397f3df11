import type { RegistryFile } from "../registry-file.ts";

/** What the registry's metadata become: what clients are answered with, and where the files are. */
export interface Digest {
  documents: Record<string, { contentType: string; text: string }>;
  files: RegistryFile[];
}

/** The registry's answer is none that its protocol allows. */
export class MetadataInvalid extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MetadataInvalid";
  }
}

export type MetadataKind = "packument" | "manifest" | "project";

/** Which metadata, of what, from where. */
export interface MetadataSubject {
  kind: MetadataKind;
  name: string;
  /** Where they are; addresses in them are relative to it. */
  url: string;
}

/** More files than any package has. */
export const MAX_FILES = 100_000;
const MAX_URL = 2048;

/** The address of a file, made absolute; null for what no registry means. */
export function fileUrl(text: unknown, base: string): URL | null {
  if (typeof text !== "string" || text.length > MAX_URL) return null;
  const url = URL.parse(text, base);
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  return url.username === "" && url.password === "" && url.href.length <= MAX_URL ? url : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The last component of the path, decoded. */
export function lastComponent(url: URL): string {
  const component = url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(component);
  } catch {
    return "";
  }
}
