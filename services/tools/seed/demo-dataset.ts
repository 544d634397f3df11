import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { generateSupportTickets } from "../../../datasets/support-tickets/generate.ts";
import type { LocalBlobStore } from "../../shared/blobs/local-blob-store.ts";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { Database } from "../../shared/db/database.ts";
import { type Instance, PROJECT_DIRECTORY } from "../instance/instance.ts";

const SLUG = "support-tickets";
const PREVIEW_ROWS = 50;
const LONGEST_PREVIEW_CELL = 500;

export interface DemoDataset {
  id: string;
  sha256: string;
}

/** The dataset version that this checkout's generator makes; generated only when it is not there yet. */
export async function ensureDemoDataset(
  db: Database,
  blobs: LocalBlobStore,
  instance: Pick<Instance, "home">,
  detail: (text: string) => void,
): Promise<DemoDataset> {
  const generator = await hashDirectory(join(PROJECT_DIRECTORY, "datasets/support-tickets"));
  const known = await db
    .selectFrom("dataset_version")
    .innerJoin("dataset", "dataset.id", "dataset_version.dataset_id")
    .select(["dataset_version.id", "dataset_version.sha256"])
    .where("dataset.slug", "=", SLUG)
    .where((e) =>
      e(e.ref("dataset_version.manifest", "->>").key("generator" as never), "=", generator as never),
    )
    .orderBy("dataset_version.created_at", "desc")
    .executeTakeFirst();
  if (known) return known;

  detail("generating the support-ticket dataset");
  const directory = join(instance.home, "generated", SLUG);
  await rm(directory, { recursive: true, force: true });
  const generated = await generateSupportTickets({ outDir: directory });
  for (const file of generated.files) {
    const stored = await blobs.write(createReadStream(join(directory, file.path)));
    if (stored.sha256 !== file.sha256) throw new Error(`${file.path} changed while it was being stored`);
  }
  const manifest = DatasetManifest.parse({
    name: generated.name,
    title: generated.title,
    description: generated.description,
    licence: generated.licence,
    card: await readFile(join(directory, "candidate/README.md"), "utf8"),
    files: generated.files,
    tables: await Promise.all(
      generated.tables.map(async (table) => ({
        ...table,
        preview: await previewRows(
          join(directory, `candidate/jsonl/${table.name}.jsonl`),
          table.columns.map((column) => column.name),
        ),
      })),
    ),
  });
  await rm(directory, { recursive: true, force: true });
  return saveVersion(db, generated.sha256, { ...manifest, generator });
}

async function saveVersion(
  db: Database,
  sha256: string,
  manifest: DatasetManifest & { generator: string },
): Promise<DemoDataset> {
  const dataset = await db
    .insertInto("dataset")
    .values({ slug: SLUG, title: manifest.title })
    .onConflict((conflict) => conflict.column("slug").doUpdateSet({ title: manifest.title }))
    .returning("id")
    .executeTakeFirstOrThrow();
  const same = await db
    .selectFrom("dataset_version")
    .select(["id", "sha256"])
    .where("dataset_id", "=", dataset.id)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (same) return same;
  return db
    .insertInto("dataset_version")
    .values({ dataset_id: dataset.id, sha256, manifest: JSON.stringify(manifest) })
    .returning(["id", "sha256"])
    .executeTakeFirstOrThrow();
}

async function previewRows(file: string, columns: string[]): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  const lines = createInterface({ input: createReadStream(file) });
  for await (const line of lines) {
    const record = JSON.parse(line) as Record<string, unknown>;
    rows.push(columns.map((column) => previewCell(record[column])));
    if (rows.length === PREVIEW_ROWS) break;
  }
  lines.close();
  return rows;
}

function previewCell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_PREVIEW_CELL ? `${text.slice(0, LONGEST_PREVIEW_CELL)}…` : text;
}

/** Changes whenever any file of the generator does. */
async function hashDirectory(root: string): Promise<string> {
  const hash = createHash("sha256");
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile() && file.name.endsWith(".ts"))
    .map((file) => join(file.parentPath, file.name));
  for (const path of paths.toSorted()) hash.update(path.slice(root.length)).update(await readFile(path));
  return hash.digest("hex");
}
