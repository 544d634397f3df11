import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EgressServer, openEgressServer } from "../../services/gateway/egress/egress-server.ts";
import { createMetrics } from "../../services/gateway/metrics.ts";
import {
  closePackages,
  openPackages,
  type PackageDependencies,
} from "../../services/gateway/packages/service.ts";
import type { SpecPackages } from "../../services/shared/contracts/packages.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { insertAssessmentVersion, insertAttempt, insertInvitation } from "./fixtures.ts";
import type { LocalRegistry } from "./package-registry.ts";

export interface MirrorAnswer {
  status: number;
  /** The words of the status line. */
  words: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The answer broke off before its end. */
  isCut: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever JSON came
  json(): any;
}

export interface MirrorCaller {
  attemptId: string;
  socketPath: string;
  get(path: string, headers?: Record<string, string>): Promise<MirrorAnswer>;
  send(method: string, path: string, headers?: Record<string, string>, body?: string): Promise<MirrorAnswer>;
  /** Rows of what the attempt fetched. */
  fetched(): Promise<
    { ecosystem: string; name: string; version: string; file: string; bytes: number; state: string }[]
  >;
  /** `package_fetched` on its timeline. */
  events(): Promise<unknown[]>;
}

export interface MirrorFixture {
  deps: PackageDependencies;
  dataDir: string;
  /** A client in the sandbox of a new attempt. */
  addAttempt(
    policy?: Partial<MirrorPolicy> | { kind: "none" },
    kind?: "scored" | "practice",
  ): Promise<MirrorCaller>;
  /** Forgets what is in memory, as a restart of the gateway does. Callers must be made anew. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export type MirrorPolicy = Extract<SpecPackages, { kind: "mirror" }>;

const EVERYTHING: MirrorPolicy = {
  kind: "mirror",
  npm: { enabled: true, allow: [], deny: [] },
  pypi: { enabled: true, allow: [], deny: [] },
  maxFileMib: 100,
  maxTotalMib: 1000,
};

export async function startMirrorFixture(
  db: Database,
  registry: Pick<LocalRegistry, "npmUrl" | "pypiUrl">,
  overrides: {
    config?: Partial<PackageDependencies["config"]>;
    packages?: PackageDependencies["packages"];
  } = {},
): Promise<MirrorFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), "packages-"));
  const log = createLog("gateway", "silent");
  const deps: PackageDependencies = {
    db,
    log,
    config: {
      dataDir,
      npmRegistry: registry.npmUrl,
      pypiIndex: registry.pypiUrl,
      packageFileHosts: [],
      packageCacheMib: 256,
      outboundProxy: "",
      ...overrides.config,
    },
    packages: overrides.packages,
  };
  const metrics = createMetrics(() => 0);
  const servers: EgressServer[] = [];
  return {
    deps,
    dataDir,
    async addAttempt(policy = {}, kind = "scored") {
      const packages = policy.kind === "none" ? policy : { ...EVERYTHING, ...policy };
      const version = await insertAssessmentVersion(db, { spec: { packages: packages as SpecPackages } });
      const invitation = await insertInvitation(db, { assessmentVersionId: version.id });
      const attemptId = await insertAttempt(db, { invitationId: invitation.id, kind });
      const attempt = { attemptId, sandboxId: randomUUID(), epoch: 1, kind };
      const socketPath = join(dataDir, `${attempt.sandboxId.slice(0, 8)}.sock`);
      const openServices = async () => new Map([["packages.internal", await openPackages(deps, attempt)]]);
      servers.push(await openEgressServer({ attempt, socketPath, openServices, log, metrics }));
      return makeCaller(db, attemptId, socketPath);
    },
    restart: () => closePackages(deps),
    async close() {
      for (const server of servers) await server.close();
      await closePackages(deps);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function makeCaller(db: Database, attemptId: string, socketPath: string): MirrorCaller {
  const send: MirrorCaller["send"] = (method, path, headers, body) =>
    exchange(socketPath, method, path, headers, body);
  return {
    attemptId,
    socketPath,
    send,
    get: (path, headers) => send("GET", path, headers),
    fetched: () =>
      db
        .selectFrom("attempt_package")
        .where("attempt_id", "=", attemptId)
        .select(["ecosystem", "name", "version", "file", "bytes", "state"])
        .orderBy("file")
        .execute(),
    async events() {
      const rows = await db
        .selectFrom("attempt_event")
        .where("attempt_id", "=", attemptId)
        .where("type", "=", "package_fetched")
        .select("data")
        .orderBy("id")
        .execute();
      return rows.map(({ data }) => data);
    },
  };
}

function exchange(
  socketPath: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<MirrorAnswer> {
  return new Promise((resolve) => {
    const call = request(
      { socketPath, method, path, headers: { host: "packages.internal", ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        const finish = (isCut: boolean) => {
          const content = Buffer.concat(chunks);
          resolve({
            status: response.statusCode!,
            words: response.statusMessage!,
            headers: response.headers,
            body: content,
            isCut,
            json: () => JSON.parse(content.toString()),
          });
        };
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => finish(false));
        response.on("error", () => finish(true));
      },
    );
    // Ended before there was an answer; after it, this comes too late to matter.
    call.on("error", () =>
      resolve({ status: 0, words: "", headers: {}, body: Buffer.alloc(0), isCut: true, json: () => null }),
    );
    call.end(body);
  });
}
