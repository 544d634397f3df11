import { createHash, randomUUID } from "node:crypto";
import { access, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { canonicalJson } from "../../../shared/domain/mock-api-digest.ts";
import type { StoragePlan } from "../../../shared/mock-api/storage-plan.ts";

/** Grows when the layout of the base changes, so that files of an older layout are not read. */
const LAYOUT_VERSION = 4;

/** The prepared bases of this host: one file per dataset file and storage plan, shared by all attempts. */
export class BaseCache {
  readonly #directory: string;
  readonly #building = new Map<string, Promise<string>>();

  constructor(dataDir: string) {
    this.#directory = join(dataDir, "cache", "mock-api");
  }

  /**
   * Path of the base, built now if it is not there. Calls meanwhile wait for the same build.
   * @param source the dataset's SQLite file
   * @param sourceSha256 its digest
   */
  async ensure(source: string, sourceSha256: string, plan: StoragePlan): Promise<string> {
    const key = createHash("sha256")
      .update(canonicalJson([LAYOUT_VERSION, sourceSha256, plan]))
      .digest("hex");
    const path = join(this.#directory, `${key}.sqlite`);
    const running = this.#building.get(key);
    if (running) return running;
    if (await exists(path)) return path;
    const again = this.#building.get(key);
    if (again) return again;
    const build = this.#build(source, path, plan).finally(() => this.#building.delete(key));
    this.#building.set(key, build);
    return build;
  }

  async #build(source: string, path: string, plan: StoragePlan): Promise<string> {
    await mkdir(this.#directory, { recursive: true });
    const temporary = join(this.#directory, `building-${randomUUID()}`);
    try {
      await runBuild({ source, target: temporary, plan });
      const file = await open(temporary, "r+");
      await file.sync();
      await file.close();
      await rename(temporary, path);
      return path;
    } finally {
      await rm(temporary, { force: true });
    }
  }
}

function runBuild(workerData: { source: string; target: string; plan: StoragePlan }): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL("./build-base-thread.ts", import.meta.url), {
      workerData,
      execArgv: [],
    });
    thread.once("error", reject);
    thread.once("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`building the base ended with code ${code}`)),
    );
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
