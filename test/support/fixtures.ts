import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { BlobStore } from "../../services/shared/blobs/blob-store.ts";
import type { AssessmentSpec } from "../../services/shared/contracts/assessment.ts";
import type { AttemptKind, AttemptState, SandboxState } from "../../services/shared/contracts/common.ts";
import type { DatasetManifest } from "../../services/shared/contracts/dataset.ts";
import type { Receipt } from "../../services/shared/contracts/receipt.ts";
import type { Tree, TreeEntry } from "../../services/shared/contracts/tree.ts";
import type { Weather } from "../../services/shared/contracts/weather.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { codeName } from "../../services/shared/domain/code-name.ts";
import { type Conditions, consentVersionOf } from "../../services/shared/domain/consent.ts";

/** Rows of every kind, valid and published, for tests; each function takes what the test cares about. */

const EMPTY_SHA256 = createHash("sha256").digest("hex");
export const HOST_ID = "test-host";

export function makeSpec(overrides: Partial<AssessmentSpec> = {}): AssessmentSpec {
  return {
    title: "Triage support tickets",
    company: { name: "Harbourly", about: "A consumer fintech." },
    role: { title: "Applied AI engineer", type: 1 },
    stages: ["work_sample"],
    brief: "# The secret task\nBuild something useful.",
    expectations: "- Work in VS Code",
    disclosures: ["Your files are saved every 30 seconds."],
    aiPolicy: { kind: "disclose", statement: "Say what you used." },
    limitSec: 7200,
    practiceLimitSec: 600,
    snapshotIntervalSec: 30,
    image: "workbench",
    limits: { cpus: 1, memoryMib: 512, diskMib: 128, pids: 256 },
    starterTreeSha256: EMPTY_SHA256,
    practiceTreeSha256: EMPTY_SHA256,
    rubric: { criteria: [makeCriterion("works"), makeCriterion("readable")] },
    packages: { kind: "none" },
    models: { kind: "none" },
    ...overrides,
  };
}

export function makeCriterion(id: string): AssessmentSpec["rubric"]["criteria"][number] {
  return {
    id,
    title: `Criterion ${id}`,
    guidance: "Look at the code.",
    weight: 1,
    anchors: [1, 2, 3, 4, 5].map((level) => ({
      level,
      title: `Level ${level}`,
      description: "What it shows.",
    })),
  };
}

export async function insertAssessmentVersion(
  db: Database,
  options: { spec?: Partial<AssessmentSpec>; published?: boolean } = {},
): Promise<{ id: string; spec: AssessmentSpec }> {
  const spec = makeSpec(options.spec);
  const { id: assessmentId } = await db
    .insertInto("assessment")
    .values({ slug: `assessment-${randomUUID()}`, title: spec.title })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto("assessment_version")
    .values({
      assessment_id: assessmentId,
      number: 1,
      spec: JSON.stringify(spec),
      published_at: options.published === false ? null : new Date(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, spec };
}

export async function insertMountedDataset(
  db: Database,
  options: { assessmentVersionId: string; mountName: string; manifest?: Partial<DatasetManifest> },
): Promise<string> {
  const manifest: DatasetManifest = {
    name: options.mountName,
    title: "Support tickets",
    description: "Tickets of a year.",
    licence: "CC0-1.0",
    card: "# Card",
    files: [
      { path: "candidate/csv/tickets.csv", bytes: 10, sha256: EMPTY_SHA256 },
      { path: "evaluation/labels.csv", bytes: 10, sha256: EMPTY_SHA256 },
    ],
    tables: [],
    ...options.manifest,
  };
  const { id: datasetId } = await db
    .insertInto("dataset")
    .values({ slug: `dataset-${randomUUID()}`, title: manifest.title })
    .returning("id")
    .executeTakeFirstOrThrow();
  const sha256 = createHash("sha256").update(JSON.stringify(manifest)).digest("hex");
  const { id } = await db
    .insertInto("dataset_version")
    .values({ dataset_id: datasetId, sha256, manifest: JSON.stringify(manifest) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("assessment_version_dataset")
    .values({
      assessment_version_id: options.assessmentVersionId,
      mount_name: options.mountName,
      dataset_version_id: id,
    })
    .execute();
  return id;
}

export async function insertServedMockApi(
  db: Database,
  options: {
    assessmentVersionId: string;
    hostname: string;
    document?: object;
    bindings?: object;
    weather?: Weather;
    datasetVersionId?: string;
  },
): Promise<string> {
  const document = options.document ?? { openapi: "3.1.0", info: { title: "Desk", version: "1" }, paths: {} };
  const bindings = options.bindings ?? {
    formatVersion: 1,
    collections: {},
    operations: {},
    apiKey: { environment: "DESK_API_KEY" },
  };
  const { id: mockApiId } = await db
    .insertInto("mock_api")
    .values({ slug: `mock-${randomUUID()}`, title: "Help desk" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto("mock_api_version")
    .values({
      mock_api_id: mockApiId,
      sha256: createHash("sha256")
        .update(JSON.stringify([document, bindings]))
        .digest("hex"),
      document: JSON.stringify(document),
      bindings: JSON.stringify(bindings),
      ...(options.weather ? { weather: JSON.stringify(options.weather) } : {}),
      dataset_version_id: options.datasetVersionId ?? null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("assessment_version_mock_api")
    .values({
      assessment_version_id: options.assessmentVersionId,
      hostname: options.hostname,
      mock_api_version_id: id,
    })
    .execute();
  return id;
}

export interface InvitationFixture {
  assessmentVersionId?: string;
  candidateName?: string;
  candidateEmail?: string;
  validFrom?: Date;
  expiresAt?: Date;
  revokedAt?: Date;
  extraTimeFactor?: number;
  /** Of this spec's conditions; none when absent. */
  consentedTo?: Conditions;
}

export async function insertInvitation(
  db: Database,
  options: InvitationFixture = {},
): Promise<{ id: string; linkGeneration: number }> {
  const versionId = options.assessmentVersionId ?? (await insertAssessmentVersion(db)).id;
  return db
    .insertInto("invitation")
    .values({
      assessment_version_id: versionId,
      candidate_name: options.candidateName ?? "Amelie Brandt",
      candidate_email: options.candidateEmail ?? "amelie.brandt@example.com",
      valid_from: options.validFrom ?? new Date(Date.now() - 60_000),
      expires_at: options.expiresAt ?? new Date(Date.now() + 86_400_000),
      revoked_at: options.revokedAt ?? null,
      extra_time_factor: options.extraTimeFactor ?? 1,
      ...(options.consentedTo
        ? { consented_at: new Date(), consent_version: consentVersionOf(options.consentedTo) }
        : {}),
    })
    .returning(["id", "link_generation as linkGeneration"])
    .executeTakeFirstOrThrow();
}

export async function insertHost(db: Database, id = HOST_ID): Promise<string> {
  await db
    .insertInto("host")
    .values({ id, capacity: 10 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

export interface AttemptFixture {
  invitationId: string;
  kind?: AttemptKind;
  state?: AttemptState;
  /** Seconds until the deadline of an attempt that started; negative: it has passed. */
  remainingSec?: number;
  limitSec?: number;
  notes?: string;
  /** Of its sandbox; none when absent. */
  sandbox?: SandboxState;
}

/** An attempt in any state, with the host, clock and sandbox that go with it. */
export async function insertAttempt(db: Database, options: AttemptFixture): Promise<string> {
  const state = options.state ?? "running";
  const limitSec = options.limitSec ?? 7200;
  const started = state !== "provisioning" && state !== "failed";
  const deadlineAt = new Date(Date.now() + (options.remainingSec ?? limitSec) * 1000);
  const invitation = await db
    .selectFrom("invitation")
    .select(["assessment_version_id", "extra_time_factor"])
    .where("id", "=", options.invitationId)
    .executeTakeFirstOrThrow();
  const hostId = started ? await insertHost(db) : null;
  const { id } = await db
    .insertInto("attempt")
    .values({
      invitation_id: options.invitationId,
      assessment_version_id: invitation.assessment_version_id,
      kind: options.kind ?? "scored",
      state,
      limit_sec: limitSec,
      extra_time_factor: invitation.extra_time_factor,
      started_at: started ? new Date(deadlineAt.getTime() - limitSec * 1000) : null,
      deadline_at: started ? deadlineAt : null,
      ended_at: state === "submitted" || state === "ended" ? new Date() : null,
      host_id: hostId,
      epoch: started ? 1 : 0,
      notes_to_reviewer: options.notes ?? "",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (options.sandbox) await insertSandbox(db, id, options.sandbox);
  return id;
}

export async function insertSandbox(
  db: Database,
  attemptId: string,
  state: SandboxState,
  epoch = 1,
): Promise<string> {
  const hostId = await insertHost(db);
  const { id } = await db
    .insertInto("sandbox")
    .values({ attempt_id: attemptId, epoch, host_id: hostId, state })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Path -> content; a string that starts with `-> ` is a symlink to what follows. */
export type Files = Record<string, string | Uint8Array>;

/** Writes files and their tree into the store. @returns the tree and its digest. */
export async function writeTree(
  blobs: BlobStore,
  files: Files,
  omitted: Tree["omitted"] = [],
): Promise<{ tree: Tree; sha256: string }> {
  const entries = new Map<string, TreeEntry>();
  for (const [path, content] of Object.entries(files)) {
    const folders = path.split("/").slice(0, -1);
    folders.forEach((_folder, depth) => {
      const folder = folders.slice(0, depth + 1).join("/");
      entries.set(folder, { type: "directory", path: folder, mode: 0o755, mtimeMs: 0 });
    });
    entries.set(path, await writeEntry(blobs, path, content));
  }
  const inOrder = [...entries.values()].sort((left, right) =>
    Buffer.compare(Buffer.from(left.path), Buffer.from(right.path)),
  );
  const tree: Tree = { format: "worksample-tree-1", entries: inOrder, omitted };
  const { sha256 } = await blobs.write(Buffer.from(JSON.stringify(tree)));
  return { tree, sha256 };
}

async function writeEntry(blobs: BlobStore, path: string, content: string | Uint8Array): Promise<TreeEntry> {
  if (typeof content === "string" && content.startsWith("-> "))
    return { type: "symlink", path, mode: 0o777, mtimeMs: 0, target: content.slice(3) };
  const { sha256, bytes } = await blobs.write(Buffer.from(content));
  return { type: "file", path, mode: 0o644, mtimeMs: 0, size: bytes, sha256 };
}

export interface SubmissionFixture {
  attemptId: string;
  files?: Files;
  omitted?: Tree["omitted"];
  archive?: Uint8Array;
}

/** A sealed submission; its receipt has the right form but no true signature. */
export async function insertSubmission(
  db: Database,
  blobs: BlobStore,
  options: SubmissionFixture,
): Promise<{ id: string; tree: Tree; archiveSha256: string; codeName: string }> {
  const { tree, sha256: treeSha256 } = await writeTree(blobs, options.files ?? {}, options.omitted);
  const archive = await blobs.write(options.archive ?? randomBytes(64));
  const sizes = tree.entries.flatMap((entry) => (entry.type === "file" ? [entry.size] : []));
  const id = randomUUID();
  const now = new Date().toISOString();
  const receipt: Receipt = {
    statement: {
      format: "worksample-receipt-1",
      submissionId: id,
      attemptId: options.attemptId,
      assessment: "Triage support tickets, version 1",
      startedAt: now,
      frozenAt: now,
      sealedAt: now,
      reason: "candidate",
      fileCount: sizes.length,
      totalBytes: sizes.reduce((sum, size) => sum + size, 0),
      omittedCount: tree.omitted.length,
      archiveSha256: archive.sha256,
      archiveBytes: archive.bytes,
    },
    keyId: "test",
    publicKey: "test",
    signature: "test",
  };
  const name = codeName(randomBytes(5));
  await db
    .insertInto("submission")
    .values({
      id,
      attempt_id: options.attemptId,
      code_name: name,
      reason: "candidate",
      tree_sha256: treeSha256,
      archive_sha256: archive.sha256,
      archive_bytes: archive.bytes,
      file_count: receipt.statement.fileCount,
      total_bytes: receipt.statement.totalBytes,
      omitted_count: tree.omitted.length,
      receipt: JSON.stringify(receipt),
    })
    .execute();
  return { id, tree, archiveSha256: archive.sha256, codeName: name };
}
