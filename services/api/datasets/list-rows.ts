import { LocalBlobStore } from "../../shared/blobs/local-blob-store.ts";
import { ColumnType } from "../../shared/contracts/dataset-profile.ts";
import { RowFilters, type RowPage, type RowQuery } from "../../shared/contracts/dataset-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { StagedTables } from "../../shared/contracts/staged-dataset.ts";
import type { Database } from "../../shared/db/database.ts";
import { blobDir } from "../../shared/sandbox/layout.ts";
import type { ApiContext } from "../context.ts";
import { listVersions } from "../records/dataset.ts";
import { findImport } from "../records/dataset-import.ts";
import { RowReader, type RowSource } from "./row-reader.ts";

/** Rows of dataset versions, and of imports that wait for choices. */
export class TableRows {
  readonly #db: Database;
  readonly #blobs: LocalBlobStore;
  readonly #reader: RowReader;

  constructor({ db, config }: Pick<ApiContext, "db" | "config">) {
    const directory = blobDir(config.dataDir);
    this.#db = db;
    this.#blobs = new LocalBlobStore(directory);
    this.#reader = new RowReader(directory);
  }

  /** @throws PlatformError dataset_version_not_found, dataset_table_not_found, dataset_not_pageable, dataset_rows_… */
  async ofVersion(versionId: string, table: string, query: RowQuery): Promise<RowPage> {
    const [version] = await listVersions(this.#db, { id: versionId });
    if (!version) throw new PlatformError("dataset_version_not_found");
    const found = version.manifest.tables.find(({ name }) => name === table);
    if (!found) throw new PlatformError("dataset_table_not_found");
    const file = version.manifest.files.find(({ path }) => path === `platform/${table}.parquet`);
    if (!file) throw new PlatformError("dataset_not_pageable");
    const columns = found.columns.map(({ name, type, scale }) => ({
      name,
      type: ColumnType.catch("text").parse(type),
      ...(scale === undefined ? {} : { scale }),
    }));
    return this.#read({ path: this.#blobs.pathOf(file.sha256), columns, rows: found.rows }, query);
  }

  /** @throws PlatformError dataset_import_not_found, dataset_import_not_ready, dataset_table_not_found, … */
  async ofImport(importId: string, table: string, query: RowQuery): Promise<RowPage> {
    const row = await findImport(this.#db, importId);
    if (!row) throw new PlatformError("dataset_import_not_found");
    if (row.staged === null) throw new PlatformError("dataset_import_not_ready");
    const found = StagedTables.parse(row.staged).find(({ name }) => name === table);
    if (!found) throw new PlatformError("dataset_table_not_found");
    const columns = found.columns.map(({ scale, ...column }) =>
      scale === undefined ? column : { ...column, scale },
    );
    return this.#read({ path: this.#blobs.pathOf(found.sha256), columns, rows: found.rows }, query);
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  #read(source: RowSource, { page, pageSize, sort, filter }: RowQuery): Promise<RowPage> {
    return this.#reader.read(source, { page, pageSize, sort, filters: parseFilters(filter) });
  }
}

function parseFilters(json: string | undefined) {
  if (!json) return [];
  try {
    return RowFilters.parse(JSON.parse(json));
  } catch (error) {
    throw new PlatformError("dataset_rows_invalid", "`filter` must be a JSON array of filters.", {
      cause: error,
    });
  }
}
