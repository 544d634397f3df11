import { DatasetManifest } from "../../shared/contracts/dataset.ts";

/** All tables of a dataset version, typed: what mock APIs are built from. Candidates never get it. */
const PLATFORM_TABLES = "platform/tables.sqlite";

/**
 * Digest of the SQLite file that holds a dataset version's tables. Versions made before there was one of the
 * platform's own have it among the files that candidates get.
 * @throws Error when the dataset has none
 */
export function datasetFile(manifest: unknown): string {
  if (manifest === null) throw new Error("the mock API names no dataset version");
  const { files } = DatasetManifest.parse(manifest);
  const file =
    files.find(({ path }) => path === PLATFORM_TABLES) ??
    files.find(({ path }) => path.startsWith("candidate/") && path.endsWith(".sqlite"));
  if (!file)
    throw new Error(`the dataset version has neither ${PLATFORM_TABLES} nor a SQLite file under candidate/`);
  return file.sha256;
}
