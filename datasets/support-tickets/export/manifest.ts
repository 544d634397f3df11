import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "../tables.ts";

export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly seed: string;
  readonly licence: string;
  readonly files: readonly ManifestFile[];
  readonly tables: readonly {
    readonly name: string;
    readonly rows: number;
    readonly columns: readonly {
      readonly name: string;
      readonly type: string;
      readonly description: string;
    }[];
  }[];
  /**
   * SHA-256 (hex) of the whole set: the digest of the UTF-8 text made of one line `<path> <sha256>\n` per
   * file under candidate/ and hidden/, sorted by path in code-unit order. manifest.json is not part of it.
   */
  readonly sha256: string;
}

export const DATASET = {
  name: "support-tickets",
  title: "Harbourly help desk, March 2025 to August 2026",
  description:
    "Eighteen months of a fictional consumer bank's help desk: tickets, messages, customers, agents, products and help articles in eight languages.",
  version: "1.0.0",
  licence: "CC0-1.0",
} as const;

export function describeFiles(directory: string): ManifestFile[] {
  return ["candidate", "hidden"]
    .flatMap((part) => readdirSync(join(directory, part), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const absolute = join(entry.parentPath, entry.name);
      const content = readFileSync(absolute);
      return {
        path: absolute.slice(directory.length + 1).replaceAll("\\", "/"),
        bytes: content.length,
        sha256: createHash("sha256").update(content).digest("hex"),
      };
    })
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

export function createManifest(
  files: readonly ManifestFile[],
  tables: readonly (readonly [Table, number])[],
  seed: string,
): Manifest {
  return {
    ...DATASET,
    seed,
    files,
    tables: tables.map(([table, rows]) => ({
      name: table.name,
      rows,
      columns: table.columns.map(({ name, type, description }) => ({ name, type, description })),
    })),
    sha256: createHash("sha256")
      .update(files.map(({ path, sha256 }) => `${path} ${sha256}\n`).join(""))
      .digest("hex"),
  };
}
