import { fromHex, parse } from "ssri";
import {
  type Digest,
  fileUrl,
  isRecord,
  lastComponent,
  MAX_FILES,
  MetadataInvalid,
  type MetadataSubject,
} from "../digest/document.ts";
import { MIRROR_ORIGIN } from "../mirror-address.ts";
import type { RegistryFile } from "../registry-file.ts";
import { NPM_FILE, NPM_VERSION } from "./npm-names.ts";

const JSON_TYPE = "application/json";
const INSTALL_TYPE = "application/vnd.npm.install-v1+json";

/**
 * A packument, abbreviated or not, with tarballs that come from the mirror. Versions without a tarball go.
 * @throws MetadataInvalid
 */
export function digestPackument(document: unknown, contentType: string, subject: MetadataSubject): Digest {
  if (!isRecord(document) || document.name !== subject.name || !isRecord(document.versions))
    throw new MetadataInvalid("this is no packument of the package");
  const versions = Object.entries(document.versions);
  if (versions.length > MAX_FILES) throw new MetadataInvalid("the package has too many versions");
  const kept = versions.filter(([version, manifest]) => rewriteManifest(manifest, version, subject));
  document.versions = Object.fromEntries(kept);
  const tags = isRecord(document["dist-tags"]) ? document["dist-tags"] : {};
  const isAbbreviated = contentType.startsWith(INSTALL_TYPE);
  return {
    documents: {
      document: {
        contentType: isAbbreviated ? INSTALL_TYPE : JSON_TYPE,
        text: JSON.stringify(document),
      },
      "dist-tags": { contentType: JSON_TYPE, text: JSON.stringify(tags) },
    },
    files: filesOf(kept.map(([, manifest]) => manifest as Manifest)),
  };
}

/** The manifest of one version, or of a tag. @throws MetadataInvalid */
export function digestManifest(document: unknown, subject: MetadataSubject): Digest {
  if (!isRecord(document) || document.name !== subject.name || typeof document.version !== "string")
    throw new MetadataInvalid("this is no manifest of the package");
  if (!rewriteManifest(document, document.version, subject))
    throw new MetadataInvalid("the version has no tarball");
  return {
    documents: { document: { contentType: JSON_TYPE, text: JSON.stringify(document) } },
    files: [],
  };
}

interface Manifest extends Record<string, unknown> {
  /** What is needed of it, noted while it is rewritten. */
  [FILE]: RegistryFile;
}
const FILE = Symbol("file");

/** @returns false for a version that cannot be installed from here */
function rewriteManifest(manifest: unknown, version: string, { name, url }: MetadataSubject): boolean {
  if (!NPM_VERSION.test(version) || !isRecord(manifest) || !isRecord(manifest.dist)) return false;
  const { dist } = manifest;
  const tarball = fileUrl(dist.tarball, url);
  if (!tarball) return false;
  const file = `${name.replace(/^.*\//, "")}-${version}.tgz`;
  dist.tarball = `${MIRROR_ORIGIN}/npm/${name}/-/${file}`;
  (manifest as Manifest)[FILE] = {
    file,
    version,
    url: tarball.href,
    integrity: integrityOf(dist),
    bytes: null,
    metadataIntegrity: null,
  };
  return true;
}

/** Each by the mirror's name for it, and by the registry's own, which lock files from elsewhere have. */
function filesOf(manifests: Manifest[]): RegistryFile[] {
  const files = new Map(manifests.map((manifest) => [manifest[FILE].file, manifest[FILE]]));
  for (const manifest of manifests) {
    const own = lastComponent(new URL(manifest[FILE].url));
    if (NPM_FILE.test(own) && !files.has(own)) files.set(own, { ...manifest[FILE], file: own });
  }
  return [...files.values()];
}

/** The strongest digest the registry gives; old versions have SHA-1 alone. */
function integrityOf(dist: Record<string, unknown>): string | null {
  if (typeof dist.integrity === "string" && dist.integrity.length < 2000) {
    const parsed = parse(dist.integrity, { strict: true });
    const strong = ["sha512", "sha384", "sha256"].find((algorithm) => (parsed?.[algorithm]?.length ?? 0) > 0);
    if (parsed && strong) return parsed[strong]!.map(({ digest }) => `${strong}-${digest}`).join(" ");
  }
  if (typeof dist.shasum !== "string" || !/^[0-9a-f]{40}$/.test(dist.shasum)) return null;
  return fromHex(dist.shasum, "sha1").toString();
}
