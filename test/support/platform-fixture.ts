import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { sql } from "kysely";
import { type Gateway, startGateway } from "../../services/gateway/gateway.ts";
import { closeMockApis, openMockApis } from "../../services/gateway/mock-api/service.ts";
import { loadOrCreateSigningKey } from "../../services/shared/archive/signing-key.ts";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import type { Config } from "../../services/shared/config/config.ts";
import type { AssessmentSpec } from "../../services/shared/contracts/assessment.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { enqueue } from "../../services/shared/queue/outbox.ts";
import { blobDir, signingKeyFile, workspaceLayout } from "../../services/shared/sandbox/layout.ts";
import { type RunningWorker, startWorker } from "../../services/worker/worker.ts";
import { type Inside, insideOf } from "./container-exec.ts";
import { insertInvitation, writeTree } from "./fixtures.ts";
import { freePort } from "./free-port.ts";
import { leftovers, removeEverything } from "./platform-leftovers.ts";
import {
  type AttemptRequest,
  type AttemptRow,
  readAttempt,
  readSandbox,
  readSealed,
  readSubmission,
  requestAttempt,
  type SandboxRow,
  type Sealed,
  type SubmissionRow,
  visitIde,
} from "./platform-records.ts";
import { PRACTICE, publishVersion, STARTER } from "./platform-version.ts";
import { claimQueueDatabase } from "./queue-database.ts";
import { createTestDatabase } from "./test-database.ts";
import { until } from "./until.ts";
import { workbenchImage } from "./workbench-container.ts";

export interface Platform {
  config: Config;
  db: Database;
  blobs: LocalBlobStore;
  docker: Docker;
  gatewayPort: number;
  assessmentVersionId: string;
  /** Starts one more worker of this host; closed with the platform. */
  addWorker(overrides?: Partial<Config>): Promise<RunningWorker>;
  publish(spec: Partial<AssessmentSpec>): Promise<string>;
  /** What the api does at Start: the attempt's row and its job. @returns the attempt's id */
  request(options?: AttemptRequest): Promise<string>;
  /** Requests, and waits until it runs. */
  begin(options?: AttemptRequest): Promise<RunningAttempt>;
  attempt(attemptId: string): Promise<AttemptRow>;
  untilState(attemptId: string, state: string, timeoutMs?: number): Promise<AttemptRow>;
  /** Of its newest epoch. */
  sandbox(attemptId: string): Promise<SandboxRow>;
  inside(attemptId: string): Promise<Inside>;
  job(
    name: "finish" | "deadline" | "discard" | "restore",
    attemptId: string,
    lostEpoch?: number,
  ): Promise<void>;
  /** As when an admin revokes: ended, with the job that removes everything. */
  withdraw(attemptId: string): Promise<void>;
  /** Withdraws, and waits until nothing is left of it. */
  discard(attemptId: string): Promise<void>;
  untilNothingLeft(attemptId: string): Promise<void>;
  submission(attemptId: string): Promise<SubmissionRow | undefined>;
  /** Waits for the submission and checks its archive against its receipt. */
  sealed(attemptId: string): Promise<Sealed>;
  /** Ends the first worker and all that were added. */
  stopWorkers(): Promise<void>;
  /** Status of the IDE's health page as a browser with a ticket gets it through the gateway. */
  visitIde(attemptId: string): Promise<number>;
  /** Containers, mounts and directories that this host still has, of one attempt or of all. */
  leftovers(attemptId?: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface RunningAttempt {
  id: string;
  files: string;
  inside: Inside;
  containerId: string;
}
/** A real gateway and a real worker over a database, a queue and a directory of their own. */
export async function startPlatform(overrides: Partial<Config> = {}): Promise<Platform> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    const failures: unknown[] = [];
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, "the platform left something behind");
  };
  try {
    return await assemble(overrides, undo, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  overrides: Partial<Config>,
  undo: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Platform> {
  const database = await createTestDatabase();
  undo.push(() => database.drop());
  const queue = await claimQueueDatabase();
  undo.push(() => queue.release());
  const dataDir = await mkdtemp(join(tmpdir(), "worksample-platform-"));
  const config = await platformConfig({
    dataDir,
    databaseUrl: database.url,
    redisUrl: queue.url,
    ...overrides,
  });
  const docker = new Docker({ socketPath: config.dockerSocket });
  undo.push(() => removeEverything(docker, config));
  const log = createLog("worker", process.env.TEST_LOG ?? "silent");
  const { db } = database;
  const mockApis = { db, config, log };
  const gateway: Gateway = await startGateway(config, {
    db,
    log,
    openServices: (attempt) => openMockApis(mockApis, attempt),
  });
  undo.push(async () => closeMockApis(mockApis));
  undo.push(() => gateway.close());
  const workers: RunningWorker[] = [];
  const stopWorkers = async () => void (await Promise.all(workers.splice(0).map((one) => one.close())));
  undo.push(stopWorkers);
  const addWorker = async (changes: Partial<Config> = {}) => {
    const worker = await startWorker({ ...config, ...changes }, log);
    workers.push(worker);
    return worker;
  };
  await addWorker();
  const blobs = new LocalBlobStore(blobDir(dataDir));
  const trees = {
    starterTreeSha256: (await writeTree(blobs, STARTER)).sha256,
    practiceTreeSha256: (await writeTree(blobs, PRACTICE)).sha256,
  };
  const publish = (spec: Partial<AssessmentSpec>) => publishVersion(db, blobs, { ...trees, ...spec });
  const parts = {
    config,
    db,
    blobs,
    docker,
    gatewayPort: gateway.port,
    addWorker,
    stopWorkers,
    publish,
    close,
  };
  return { ...parts, ...actions(parts, await publish({})) };
}

type Parts = Pick<Platform, "config" | "db" | "blobs" | "docker" | "gatewayPort">;

function actions({ config, db, blobs, docker, gatewayPort }: Parts, assessmentVersionId: string) {
  const sandbox = (attemptId: string) => readSandbox(db, attemptId);
  const attempt = (attemptId: string) => readAttempt(db, attemptId);
  const inside = async (attemptId: string) =>
    insideOf(docker.getContainer((await sandbox(attemptId)).container_id!));
  const untilState = async (attemptId: string, state: string, timeoutMs = 40_000) => {
    await until(
      async () => (await attempt(attemptId)).state === state,
      timeoutMs,
      async () => `attempt is ${(await attempt(attemptId)).state}, not ${state}`,
    );
    return attempt(attemptId);
  };
  const request = async (options: AttemptRequest = {}) => {
    const versionId = options.assessmentVersionId ?? assessmentVersionId;
    const invitation = await insertInvitation(db, { assessmentVersionId: versionId });
    return requestAttempt(db, { invitationId: invitation.id, assessmentVersionId: versionId, ...options });
  };
  const withdraw = async (attemptId: string) => {
    await db
      .updateTable("attempt")
      .set({ state: "ended", end_reason: "revoked", ended_at: sql<Date>`clock_timestamp()` })
      .where("id", "=", attemptId)
      .execute();
    await enqueue(db, "discard", { attemptId }, { hostId: config.hostId });
  };
  const left = (attemptId?: string) => leftovers(db, docker, config, attemptId);
  const untilNothingLeft = (attemptId: string) =>
    until(
      async () => (await left(attemptId)).length === 0,
      30_000,
      async () => `left behind: ${(await left(attemptId)).join(", ")}`,
    );
  return {
    assessmentVersionId,
    request,
    attempt,
    untilState,
    sandbox,
    inside,
    async begin(options: AttemptRequest = {}) {
      const id = await request(options);
      await untilState(id, "running");
      const files = workspaceLayout(config.dataDir, id).files;
      return { id, files, inside: await inside(id), containerId: (await sandbox(id)).container_id! };
    },
    async job(name: "finish" | "deadline" | "discard" | "restore", attemptId: string, lostEpoch = 1) {
      await enqueue(db, name, { attemptId, lostEpoch }, { hostId: config.hostId });
    },
    withdraw,
    untilNothingLeft,
    async discard(attemptId: string) {
      await withdraw(attemptId);
      await untilNothingLeft(attemptId);
    },
    submission: (attemptId: string) => readSubmission(db, attemptId),
    async sealed(attemptId: string) {
      const row = await untilState(attemptId, "submitted");
      const key = await loadOrCreateSigningKey(signingKeyFile(config.dataDir));
      return readSealed(db, blobs, row, key);
    },
    visitIde: (attemptId: string) => visitIde(config, gatewayPort, attemptId),
    leftovers: left,
  };
}

async function platformConfig(settings: Partial<Config> & { dataDir: string }): Promise<Config> {
  const gatewayPort = await freePort();
  return {
    databaseUrl: "",
    redisUrl: "",
    secret: "a secret of the tests, long enough",
    publicUrl: "http://localhost:4000",
    sandboxDomain: `localhost:${gatewayPort}`,
    sandboxScheme: "http",
    listenHost: "127.0.0.1",
    apiPort: 0,
    gatewayPort,
    workerPort: 0,
    hostId: `test-${randomUUID()}`,
    dockerSocket: "/var/run/docker.sock",
    sandboxRuntime: "runc",
    workbenchImage: await workbenchImage(),
    images: {},
    maxSandboxes: 8,
    provisionTimeoutSec: 40,
    webDir: "",
    logLevel: "silent",
    trustedProxies: [],
    smtpUrl: "",
    mailFrom: "",
    npmRegistry: "https://registry.npmjs.org",
    pypiIndex: "https://pypi.org/simple",
    packageFileHosts: [],
    packageCacheMib: 1024,
    outboundProxy: "",
    ...settings,
  };
}
