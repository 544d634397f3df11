import { LocalBlobStore } from "../../shared/blobs/local-blob-store.ts";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import { mockApiKey } from "../../shared/domain/mock-api-key.ts";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { compileMockApi } from "../../shared/mock-api/compile/compile-mock-api.ts";
import type { CompiledApi } from "../../shared/mock-api/compile/compiled-api.ts";
import { blobDir } from "../../shared/sandbox/layout.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { AttemptMockApi } from "./attempt-mock-api.ts";
import { MockApiService } from "./mock-api-service.ts";
import type { MockApiDependencies } from "./service.ts";
import { AttemptRecordStore } from "./state/attempt-record-store.ts";
import { AttemptState } from "./state/attempt-state.ts";
import { BaseCache } from "./state/base-cache.ts";
import { StatePool } from "./state/state-pool.ts";

const MAX_OPEN_STATES = 200;
const IDLE_MS = 10 * 60_000;
const MAX_COMPILED = 50;

interface Version {
  hostname: string;
  versionId: string;
  document: unknown;
  bindings: unknown;
  manifest: unknown;
}

/** What the mock APIs of all attempts on this host have in common. */
export class MockApiEngine {
  readonly #deps: MockApiDependencies;
  readonly #sealer: TokenSealer;
  readonly #blobs: LocalBlobStore;
  readonly #bases: BaseCache;
  readonly #pool = new StatePool({ maxOpen: MAX_OPEN_STATES, idleMs: IDLE_MS });
  /** By version id; versions never change. */
  readonly #compiled = new Map<string, CompiledApi>();

  constructor(deps: MockApiDependencies) {
    this.#deps = deps;
    this.#sealer = new TokenSealer(deps.config.secret);
    this.#blobs = new LocalBlobStore(blobDir(deps.config.dataDir));
    this.#bases = new BaseCache(deps.config.dataDir);
  }

  async open(attempt: AttemptContext): Promise<Map<string, EgressService>> {
    if (attempt.kind === "practice") return new Map();
    const services = new Map<string, EgressService>();
    for (const version of await this.#versionsOf(attempt.attemptId))
      services.set(version.hostname, this.#serve(version, attempt));
    return services;
  }

  close(): void {
    this.#pool.close();
  }

  #versionsOf(attemptId: string): Promise<Version[]> {
    return this.#deps.db
      .selectFrom("attempt")
      .innerJoin("assessment_version_mock_api as used", (join) =>
        join.onRef("used.assessment_version_id", "=", "attempt.assessment_version_id"),
      )
      .innerJoin("mock_api_version as version", "version.id", "used.mock_api_version_id")
      .leftJoin("dataset_version as dataset", "dataset.id", "version.dataset_version_id")
      .select([
        "used.hostname",
        "version.id as versionId",
        "version.document",
        "version.bindings",
        "dataset.manifest",
      ])
      .where("attempt.id", "=", attemptId)
      .execute();
  }

  #serve(version: Version, attempt: AttemptContext): EgressService {
    const { versionId, hostname } = version;
    const api = this.#compile(version);
    const dataset = datasetFile(version.manifest);
    const store = new AttemptRecordStore(this.#deps.db, versionId, attempt);
    const stateKey = keyOfState(attempt, versionId);
    const openState = async () => {
      const base = await this.#bases.ensure(this.#blobs.pathOf(dataset), dataset, api.storage);
      return AttemptState.open(base, api.storage, store, api.bindings.quota);
    };
    const service = new MockApiService({
      api,
      key: mockApiKey(this.#sealer, attempt.attemptId, hostname),
      sealer: this.#sealer,
      log: this.#deps.log.child({ attemptId: attempt.attemptId, hostname }),
      withState: (action) => this.#pool.use(stateKey, openState, action),
    });
    return new AttemptMockApi({ service, release: () => this.#pool.discard(stateKey) });
  }

  #compile({ versionId, document, bindings }: Version): CompiledApi {
    const known = this.#compiled.get(versionId);
    if (known) return known;
    const api = compileMockApi(document, bindings);
    const oldest = this.#compiled.keys().next();
    if (this.#compiled.size >= MAX_COMPILED && !oldest.done) this.#compiled.delete(oldest.value);
    this.#compiled.set(versionId, api);
    return api;
  }
}

/** Under a new epoch the attempt may come from another host, which wrote what memory here does not know. */
function keyOfState(attempt: AttemptContext, versionId: string): string {
  return `${attempt.attemptId}/${attempt.epoch}/${versionId}`;
}

/** Digest of the SQLite file that candidates get, too. @throws Error when the dataset has none */
function datasetFile(manifest: unknown): string {
  if (manifest === null) throw new Error("the mock API version names no dataset version");
  const { files } = DatasetManifest.parse(manifest);
  const file = files.find(({ path }) => path.startsWith("candidate/") && path.endsWith(".sqlite"));
  if (!file) throw new Error("the dataset version has no SQLite file under candidate/");
  return file.sha256;
}
