import { join } from "node:path";

/** User and group of everything in a sandbox; the same in every sandbox image. */
export const SANDBOX_UID = 10001;

/** Where things are inside a sandbox. */
export const INSIDE = {
  workspace: "/workspace",
  datasets: "/datasets",
  run: "/run/worksample",
  home: "/home/candidate",
} as const;

/**
 * What one sandbox has on its host, under `<dataDir>/sandboxes/<sandboxId>`:
 * ```
 * run/               bind-mounted read-only at /run/worksample
 *   gateway.sock     made by the gateway; the only way out
 *   ide/             1 MiB tmpfs, writable inside, holding ide.sock; the only way in
 * ```
 * and what an attempt has, whatever its epoch, under `<dataDir>/workspaces/<attemptId>`:
 * ```
 * volume.ext4        sparse image of the size the assessment allows
 * files/             that image, mounted
 * ```
 */
export function sandboxLayout(dataDir: string, sandboxId: string) {
  const root = join(dataDir, "sandboxes", sandboxId);
  const run = join(root, "run");
  return {
    root,
    run,
    gatewaySocket: join(run, "gateway.sock"),
    ide: join(run, "ide"),
    ideSocket: join(run, "ide", "ide.sock"),
  };
}

export function workspaceLayout(dataDir: string, attemptId: string) {
  const root = join(dataDir, "workspaces", attemptId);
  return { root, image: join(root, "volume.ext4"), files: join(root, "files") };
}

/** A dataset of which the attempt has a copy of its own; removed with the workspace. */
export function attemptDatasetDir(dataDir: string, attemptId: string, mountName: string): string {
  return join(workspaceLayout(dataDir, attemptId).root, "datasets", mountName);
}

/** Files of a dataset version on this host, laid out once and shared read-only by every sandbox. */
export function datasetCacheDir(dataDir: string, sha256: string): string {
  return join(dataDir, "cache", "datasets", sha256);
}

/** The gateway's control socket: only the worker of the same host can reach it. */
export function controlSocket(dataDir: string): string {
  return join(dataDir, "run", "gateway-control.sock");
}

export function blobDir(dataDir: string): string {
  return join(dataDir, "blobs");
}

/** Files on their way in, by upload id; complete ones become blobs. Belongs to the api. */
export function uploadDir(dataDir: string): string {
  return join(dataDir, "uploads");
}

/** Where the worker's children read and write while a dataset is imported; nothing in it outlives its job. */
export function importDir(dataDir: string): string {
  return join(dataDir, "imports");
}

export function signingKeyFile(dataDir: string): string {
  return join(dataDir, "keys", "submission-signing.pem");
}
