import { join } from "node:path";
import { z } from "zod";
import { SpecPackages } from "../../shared/contracts/packages.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { AttemptLedger } from "./attempt-ledger.ts";
import { AttemptPackages } from "./attempt-packages.ts";
import { Digester } from "./digest/digester.ts";
import type { PackageDependencies } from "./service.ts";
import { DiskCache } from "./store/disk-cache.ts";
import { FileStore } from "./store/file-store.ts";
import { METADATA_LIMITS, MetadataStore } from "./store/metadata-store.ts";
import { registryAt, UpstreamClient } from "./upstream/upstream-client.ts";

const FILE_TIMEOUT_MS = 30 * 60_000;
const Spec = z.object({ packages: SpecPackages.default({ kind: "none" }) });

interface Stores {
  metadata: MetadataStore;
  files: FileStore;
}

/** What the mirrors of all attempts on this host have in common. */
export class PackageMirror {
  readonly #deps: PackageDependencies;
  readonly #registries;
  readonly #client: UpstreamClient;
  readonly #digester = new Digester();
  #stores: Promise<Stores> | undefined;

  constructor(deps: PackageDependencies) {
    this.#deps = deps;
    const { npmRegistry, pypiIndex, packageFileHosts, outboundProxy } = deps.config;
    this.#registries = { npm: registryAt(npmRegistry), pypi: registryAt(pypiIndex) };
    this.#client = new UpstreamClient({
      registries: Object.values(this.#registries),
      fileHosts: packageFileHosts,
      outboundProxy,
      resolve: deps.packages?.resolve,
      timeouts: deps.packages?.timeouts,
    });
  }

  /** @throws the database's error, or that of the cache's directory */
  async open({ attemptId }: AttemptContext): Promise<EgressService> {
    const { db, log } = this.#deps;
    const policy = await this.#policyOf(attemptId);
    const { metadata, files } = await this.#open();
    return new AttemptPackages({
      policy,
      registries: this.#registries,
      metadata,
      files,
      ledger: (maxBytes) => new AttemptLedger(db, attemptId, maxBytes),
      registryRequests: this.#deps.packages?.registryRequests,
      log: log.child({ attemptId }),
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.#client.close(), this.#digester.close()]);
  }

  async #policyOf(attemptId: string): Promise<SpecPackages> {
    const row = await this.#deps.db
      .selectFrom("attempt")
      .innerJoin("assessment_version as version", "version.id", "attempt.assessment_version_id")
      .where("attempt.id", "=", attemptId)
      .select("version.spec")
      .executeTakeFirst();
    const spec = Spec.safeParse(row?.spec ?? {});
    if (spec.success) return spec.data.packages;
    this.#deps.log.error({ attemptId, issues: spec.error.issues }, "what can be installed cannot be read");
    return { kind: "none" };
  }

  /** At the first workspace; a failure is not kept. */
  #open(): Promise<Stores> {
    const opening = this.#stores ?? this.#openStores();
    this.#stores = opening;
    opening.catch(() => {
      if (this.#stores === opening) this.#stores = undefined;
    });
    return opening;
  }

  async #openStores(): Promise<Stores> {
    const { config, packages } = this.#deps;
    const directory = join(config.dataDir, "cache", "packages");
    const cache = await DiskCache.open(directory, config.packageCacheMib * 1024 ** 2);
    const limits = { ...METADATA_LIMITS, ...packages?.metadata };
    return {
      metadata: new MetadataStore(cache, this.#client, this.#digester, limits),
      files: new FileStore(cache, this.#client, packages?.fileTimeoutMs ?? FILE_TIMEOUT_MS),
    };
  }
}
