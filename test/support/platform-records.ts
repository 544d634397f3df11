import { randomUUID } from "node:crypto";
import type { PublicKey } from "../../services/shared/archive/signing-key.ts";
import { type VerifiedArchive, verifyArchive } from "../../services/shared/archive/verify-archive.ts";
import type { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import { readTree } from "../../services/shared/blobs/tree-blobs.ts";
import type { Config } from "../../services/shared/config/config.ts";
import type { AttemptKind } from "../../services/shared/contracts/common.ts";
import type { Tree } from "../../services/shared/contracts/tree.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { originLabel, sealTicket } from "../../services/shared/domain/workspace-access.ts";
import { enqueue } from "../../services/shared/queue/outbox.ts";
import { send } from "./gateway-fixture.ts";

export interface AttemptRequest {
  kind?: AttemptKind;
  limitSec?: number;
  assessmentVersionId?: string;
}
export interface Sealed {
  attempt: AttemptRow;
  submission: SubmissionRow;
  archive: VerifiedArchive;
  tree: Tree;
  /** Content of a file of the sealed workspace. */
  read(path: string): Promise<string>;
}
export type SubmissionRow = NonNullable<Awaited<ReturnType<typeof readSubmission>>>;
export type AttemptRow = Awaited<ReturnType<typeof readAttempt>>;
export type SandboxRow = Awaited<ReturnType<typeof readSandbox>>;

export async function requestAttempt(
  db: Database,
  {
    invitationId,
    assessmentVersionId,
    kind = "scored",
    limitSec = 3600,
  }: AttemptRequest & { invitationId: string },
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto("attempt")
      .values({
        invitation_id: invitationId,
        assessment_version_id: assessmentVersionId!,
        kind,
        limit_sec: limitSec,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await enqueue(tx, "provision", { attemptId: id });
    return id;
  });
}

export function readAttempt(db: Database, id: string) {
  return db.selectFrom("attempt").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}

export function readSubmission(db: Database, attemptId: string) {
  return db.selectFrom("submission").selectAll().where("attempt_id", "=", attemptId).executeTakeFirst();
}

export async function readSealed(
  db: Database,
  blobs: LocalBlobStore,
  attempt: AttemptRow,
  publicKey: PublicKey,
): Promise<Sealed> {
  const submission = (await readSubmission(db, attempt.id))!;
  const archive = await verifyArchive(blobs.pathOf(submission.archive_sha256), {
    publicKey,
    receipt: submission.receipt,
  });
  const tree = await readTree(submission.tree_sha256, blobs);
  return {
    attempt,
    submission,
    archive,
    tree,
    async read(path) {
      const entry = tree.entries.find((one) => one.path === path);
      if (entry?.type !== "file") throw new Error(`${path} is not a file of the submission`);
      return (await blobs.read(entry.sha256)).toString();
    },
  };
}

export function readSandbox(db: Database, attemptId: string) {
  return db
    .selectFrom("sandbox")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .orderBy("epoch", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
}

export async function visitIde(config: Config, port: number, attemptId: string): Promise<number> {
  const expiresAt = Date.now() + 60_000;
  const ticket = sealTicket(new TokenSealer(config.secret), {
    attemptId,
    target: "ide",
    jti: randomUUID(),
    expiresAt,
  });
  const host = `${originLabel(attemptId, "ide")}.${config.sandboxDomain}`;
  const entered = await send(port, {
    path: `/_worksample/enter?ticket=${ticket}`,
    headers: { host },
  });
  const cookie = entered.headers["set-cookie"]?.[0]?.split(";")[0];
  if (!cookie) return entered.status;
  return (await send(port, { path: "/healthz", headers: { host, cookie } })).status;
}
