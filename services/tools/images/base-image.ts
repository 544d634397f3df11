import { createReadStream } from "node:fs";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { ImageEngine } from "./image-engine.ts";
import { explainFailure, ImageError } from "./image-error.ts";
import type { Registry } from "./registry.ts";

/** What every image is made from: the official one where the registry can be reached, else one made here. */
export const OFFICIAL_BASE = "debian:trixie-slim";
export const LOCAL_BASE = "worksample/debian:trixie";

const MIRROR = "http://deb.debian.org/debian";
const SECURITY_MIRROR = "http://deb.debian.org/debian-security";
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** @returns the name of a local Debian 13 image. @throws ImageError when there is no way to get one. */
export async function ensureBaseImage(
  engine: ImageEngine,
  registry: Registry,
  onProgress: (message: string) => void,
): Promise<string> {
  for (const image of [OFFICIAL_BASE, LOCAL_BASE]) {
    if (await engine.labels(image)) return image;
  }
  onProgress(`Pulling ${OFFICIAL_BASE}`);
  if (await registry.tryPull(OFFICIAL_BASE)) return OFFICIAL_BASE;

  await requireMmdebstrap(onProgress);
  onProgress("The registry is out of reach: making Debian 13 from its packages");
  await makeBaseImage(engine);
  return LOCAL_BASE;
}

async function makeBaseImage(engine: ImageEngine): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-base-"));
  const archive = join(directory, "root.tar");
  try {
    await execa("mmdebstrap", mmdebstrapArguments(archive));
    await engine.importRootFileSystem(createReadStream(archive), LOCAL_BASE);
  } catch (error) {
    throw explainFailure("making the Debian base image", error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Leaves out what the official slim image leaves out, and like it never starts a service while installing. */
function mmdebstrapArguments(archive: string): string[] {
  const leaveOut = ["man", "doc", "locale"].map((directory) => `path-exclude=/usr/share/${directory}/*`);
  const keep = ["doc/*/copyright", "locale/locale.alias"].map((path) => `path-include=/usr/share/${path}`);
  return [
    "--variant=minbase",
    "--format=tar",
    `--keyring=${KEYRING}`,
    '--aptopt=Acquire::Languages "none"',
    '--aptopt=APT::Install-Recommends "false"',
    ...[...leaveOut, ...keep].map((option) => `--dpkgopt=${option}`),
    `--customize-hook=printf '#!/bin/sh\\nexit 101\\n' > "$1/usr/sbin/policy-rc.d"; chmod 755 "$1/usr/sbin/policy-rc.d"`,
    "trixie",
    archive,
    `deb ${MIRROR} trixie main`,
    `deb ${MIRROR} trixie-updates main`,
    `deb ${SECURITY_MIRROR} trixie-security main`,
  ];
}

async function requireMmdebstrap(onProgress: (message: string) => void): Promise<void> {
  const present = await Promise.all([exists("/usr/bin/mmdebstrap"), exists(KEYRING)]);
  const root = process.getuid?.() === 0;
  if (root && present.every(Boolean)) return;
  if (!root || !(await isDebianFamily())) {
    throw new ImageError(
      "base_image_unavailable",
      `Neither the container registry nor a local ${OFFICIAL_BASE} can be reached. ` +
        `On another machine run \`docker pull ${OFFICIAL_BASE} && docker save ${OFFICIAL_BASE} -o debian.tar\`, ` +
        "bring the file here and run `docker load -i debian.tar`; or run this as root on Debian or Ubuntu, where it makes the image itself.",
    );
  }
  onProgress("Installing mmdebstrap");
  try {
    await execa("apt-get", ["update"]);
    await execa(
      "apt-get",
      ["install", "-y", "--no-install-recommends", "mmdebstrap", "debian-archive-keyring"],
      {
        env: { DEBIAN_FRONTEND: "noninteractive" },
      },
    );
  } catch (error) {
    throw explainFailure("installing mmdebstrap", error);
  }
}

async function isDebianFamily(): Promise<boolean> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
