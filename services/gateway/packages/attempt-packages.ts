import type { IncomingMessage, ServerResponse } from "node:http";
import pLimit from "p-limit";
import type { PackageEcosystem, SpecPackages } from "../../shared/contracts/packages.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { judgePackage } from "../../shared/domain/package-rules.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { EgressService } from "../egress/service.ts";
import { TokenBucket } from "../egress/token-bucket.ts";
import type { AttemptLedger } from "./attempt-ledger.ts";
import type { Entry } from "./digest/entry.ts";
import { serveNpm } from "./npm/serve-npm.ts";
import { servePypi } from "./pypi/serve-pypi.ts";
import { presentRefusal, sendRefusal } from "./refusal.ts";
import type { PackageFile, RegistryFile } from "./registry-file.ts";
import { pathParts } from "./request-path.ts";
import { firstCharge, sendCharged, sendFree, sendHead } from "./send-file.ts";
import { CacheFull } from "./store/disk-cache.ts";
import type { FileStore } from "./store/file-store.ts";
import type { MetadataSource, MetadataStore } from "./store/metadata-store.ts";
import type { Registry } from "./upstream/upstream-client.ts";
import { UpstreamError, UpstreamNotFound } from "./upstream/upstream-error.ts";

const MIB = 1024 ** 2;
/** Of one attempt, at once; the others wait their turn. */
const MAX_METADATA = 16;
const MAX_FILES = 16;
/** What one attempt may ask of registries that is not in the cache: they know all attempts by one address. */
const REGISTRY_REQUESTS = { perSec: 20, burst: 4000 };
/** A wheel's metadata are a few kilobytes of text. */
const MAX_WHEEL_METADATA = 4 * MIB;

export type MirrorPolicy = Extract<SpecPackages, { kind: "mirror" }>;

export interface AttemptPackagesParts {
  policy: SpecPackages;
  registries: Record<PackageEcosystem, Registry>;
  metadata: MetadataStore;
  files: FileStore;
  ledger(maxBytes: number): AttemptLedger;
  registryRequests?: Partial<typeof REGISTRY_REQUESTS>;
  log: Log;
}

/** The package mirror as one attempt may use it. */
export class AttemptPackages implements EgressService {
  readonly present = presentRefusal;
  readonly #parts: AttemptPackagesParts;
  readonly #policy: MirrorPolicy | null;
  readonly #ledger: AttemptLedger;
  readonly #metadataSlots = pLimit(MAX_METADATA);
  readonly #fileSlots = pLimit(MAX_FILES);
  readonly #sending = new Set<Promise<void>>();
  readonly #requests: TokenBucket;
  readonly #beforeAsking = (): void => {
    if (this.#requests.take(performance.now()) > 0)
      throw new PlatformError("rate_limited", "This workspace asks the package registry for too much.");
  };

  constructor(parts: AttemptPackagesParts) {
    this.#parts = parts;
    this.#policy = parts.policy.kind === "mirror" ? parts.policy : null;
    const { perSec, burst } = { ...REGISTRY_REQUESTS, ...parts.registryRequests };
    this.#requests = new TokenBucket(perSec, burst, performance.now());
    this.#ledger = parts.ledger((this.#policy?.maxTotalMib ?? 0) * MIB);
  }

  get registries(): Record<PackageEcosystem, Registry> {
    return this.#parts.registries;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const serving = this.#serve(request, response);
    this.#sending.add(serving);
    try {
      await serving;
    } finally {
      this.#sending.delete(serving);
    }
  }

  /** Connections are ended by then; what was sent is still being written down. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#sending);
  }

  /** @throws PlatformError unless the package may be installed here */
  judge(ecosystem: PackageEcosystem, name: string): void {
    const rules = this.#policy?.[ecosystem];
    if (!rules?.enabled)
      throw new PlatformError(
        "packages_not_offered",
        `Nothing can be installed from ${WORDS[ecosystem]} here.`,
      );
    const verdict = judgePackage(rules, ecosystem, name);
    if (verdict.allowed) return;
    const reason =
      verdict.deniedBy === null
        ? "is not among those that are allowed"
        : `meets the rule “${verdict.deniedBy}”`;
    throw new PlatformError("package_not_allowed", `${name} ${reason}.`);
  }

  /** The caller closes it. */
  openMetadata(source: MetadataSource): Promise<Entry> {
    return this.#metadataSlots(() => this.#parts.metadata.open(source, this.#beforeAsking));
  }

  async findFile(source: MetadataSource, file: string): Promise<RegistryFile | null> {
    const entry = await this.openMetadata(source);
    try {
      return await entry.findFile(file);
    } finally {
      await entry.close();
    }
  }

  /** Sends a file and charges the attempt for it. */
  async sendFile(
    file: PackageFile,
    registry: Registry,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const maxBytes = (this.#policy?.maxFileMib ?? 0) * MIB;
    if (file.bytes !== null && file.bytes > maxBytes) throw fileTooLarge(file, maxBytes);
    if (request.method === "HEAD") {
      sendHead(response, file.bytes);
      response.end();
      return;
    }
    await this.#fileSlots(async () => {
      const open = await this.#parts.files.open(file, registry, this.#beforeAsking);
      try {
        if (open.bytes !== null && open.bytes > maxBytes) throw fileTooLarge(file, maxBytes);
        const charge = await this.#ledger.charge(file, firstCharge(open, maxBytes));
        await sendCharged(open, charge, maxBytes, response);
      } finally {
        await open.close();
      }
    });
  }

  /** What a wheel says about itself, which installers read of many that they do not install. */
  async sendWheelMetadata(
    file: PackageFile,
    registry: Registry,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    await this.#fileSlots(async () => {
      const open = await this.#parts.files.open(file, registry, this.#beforeAsking);
      try {
        if ((open.bytes ?? 0) > MAX_WHEEL_METADATA) throw fileTooLarge(file, MAX_WHEEL_METADATA);
        if (request.method !== "HEAD") return await sendFree(open, MAX_WHEEL_METADATA, response);
        sendHead(response, open.bytes);
        response.end();
      } finally {
        await open.close();
      }
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Nobody reads what audits send; unread, it would keep the connection from being used again.
    request.resume();
    try {
      if (!this.#policy) throw new PlatformError("packages_not_offered");
      const [area, ...parts] = pathParts(request.url ?? "") ?? [];
      if (area === "npm") await serveNpm(this, parts, request, response);
      else if (area === "pypi") await servePypi(this, parts, request, response);
      else
        throw new PlatformError(
          "not_found",
          "npm packages are below /npm/, Python packages below /pypi/simple/.",
        );
    } catch (error) {
      const refusal = this.#refusalFor(error);
      if (!response.destroyed) sendRefusal(request, response, refusal);
    }
  }

  #refusalFor(error: unknown): PlatformError {
    if (error instanceof PlatformError) return error;
    if (error instanceof UpstreamNotFound) return new PlatformError("package_not_found");
    if (error instanceof CacheFull) {
      this.#parts.log.warn(
        { err: error },
        "the cache of packages has no room; see WORKSAMPLE_PACKAGE_CACHE_MIB",
      );
      return new PlatformError("unavailable", "The package mirror has no room at the moment.");
    }
    if (!(error instanceof UpstreamError)) throw error;
    this.#parts.log.warn({ reason: error.message }, "a package registry failed");
    return new PlatformError("package_registry_failed");
  }
}

const WORDS: Record<PackageEcosystem, string> = { npm: "npm's registry", pypi: "Python's package index" };

function fileTooLarge({ file }: PackageFile, maxBytes: number): PlatformError {
  return new PlatformError("package_too_large", `${file} has more than ${Math.floor(maxBytes / MIB)} MiB.`);
}
