import { parse } from "ssri";
import { MIRROR_ORIGIN } from "../mirror-address.ts";
import type { ProjectFile } from "./digest-project.ts";

/** PEP 691. @param versions as the index lists them; without these, or without a size, it is version 1.0 of the form */
export function writeProjectJson(name: string, files: ProjectFile[], versions: string[] | null): string {
  const isComplete = versions !== null && files.every(({ bytes }) => bytes !== null);
  return JSON.stringify({
    meta: { "api-version": isComplete ? "1.1" : "1.0" },
    name,
    ...(isComplete ? { versions } : {}),
    files: files.map((file) => ({
      filename: file.file,
      url: addressOf(name, file),
      hashes: hashesOf(file.integrity),
      ...(file.requiresPython === null ? {} : { "requires-python": file.requiresPython }),
      ...(file.bytes === null ? {} : { size: file.bytes }),
      ...(file.uploadTime === null ? {} : { "upload-time": file.uploadTime }),
      ...(file.yanked === null ? {} : { yanked: file.yanked === "" ? true : file.yanked }),
      ...(file.metadataIntegrity === null ? {} : metadataOf(file.metadataIntegrity)),
    })),
  });
}

/** PEP 503. */
export function writeProjectHtml(name: string, files: ProjectFile[]): string {
  const anchors = files.map((file) => {
    const [[algorithm, digest] = []] = Object.entries(hashesOf(file.integrity));
    const [[metadataAlgorithm, metadataDigest] = []] = Object.entries(hashesOf(file.metadataIntegrity));
    const metadata = metadataAlgorithm ? `${metadataAlgorithm}=${metadataDigest}` : undefined;
    const attributes = {
      href: `${addressOf(name, file)}${algorithm ? `#${algorithm}=${digest}` : ""}`,
      "data-requires-python": file.requiresPython ?? undefined,
      "data-yanked": file.yanked ?? undefined,
      "data-core-metadata": metadata,
      "data-dist-info-metadata": metadata,
    };
    const written = Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([attribute, value]) => `${attribute}="${escapeHtml(value!)}"`);
    return `<a ${written.join(" ")}>${escapeHtml(file.file)}</a><br>`;
  });
  return [
    "<!DOCTYPE html>",
    `<html><head><meta name="pypi:repository-version" content="1.0"><title>${escapeHtml(name)}</title></head><body>`,
    ...anchors,
    "</body></html>",
    "",
  ].join("\n");
}

function addressOf(name: string, { file }: ProjectFile): string {
  return `${MIRROR_ORIGIN}/pypi/files/${name}/${encodeURIComponent(file)}`;
}

/** Hexadecimal, by algorithm. */
function hashesOf(integrity: string | null): Record<string, string> {
  const parsed = integrity === null ? null : parse(integrity);
  const algorithm = parsed?.pickAlgorithm();
  return parsed && algorithm ? { [algorithm]: parsed.hexDigest() } : {};
}

function metadataOf(integrity: string) {
  const hashes = hashesOf(integrity);
  return { "core-metadata": hashes, "dist-info-metadata": hashes };
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}
