import type { z } from "zod";
import type { AuditSubject } from "../../shared/contracts/audit.ts";
import type { CreateMockApiRequest, MockApiDetail } from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Connection, Database } from "../../shared/db/database.ts";
import { findMockApi, insertMockApi, lockMockApi, takenSlugs, updateMockApi } from "../records/mock-api.ts";
import { listMockApiVersions } from "../records/mock-api-version.ts";
import { presentListItem, presentVersionItem } from "./present-mock-api.ts";

const MAX_SLUG = 60;

/** @throws PlatformError mock_api_not_found */
export async function readMockApi(db: Connection, id: string): Promise<MockApiDetail> {
  const row = await findMockApi(db, id);
  if (!row) throw new PlatformError("mock_api_not_found");
  const versions = await listMockApiVersions(db, { mockApiId: id });
  return { ...presentListItem(row), versions: versions.map(presentVersionItem) };
}

/** @throws PlatformError mock_api_slug_taken */
export async function createMockApi(
  db: Database,
  { title, slug }: z.infer<typeof CreateMockApiRequest>,
  actor: AuditActor,
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const chosen = slug ?? freeSlug(title, await takenSlugs(transaction, slugOf(title)));
    const made = await insertMockApi(transaction, { slug: chosen, title, createdBy: staffIdOfActor(actor) });
    if (!made) throw new PlatformError("mock_api_slug_taken");
    await recordAudit(transaction, actor, {
      action: "mock_api.create",
      subject: mockApiSubject(made.id, title),
      after: { title, slug: chosen },
    });
    return made.id;
  });
}

/** @throws PlatformError mock_api_not_found */
export async function renameMockApi(
  db: Database,
  id: string,
  title: string,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = await lockMockApi(transaction, id);
    if (!before) throw new PlatformError("mock_api_not_found");
    await updateMockApi(transaction, id, { title });
    await recordAudit(transaction, actor, {
      action: "mock_api.rename",
      subject: mockApiSubject(id, title),
      before: { title: before.title },
      after: { title },
    });
  });
}

/** What is archived is offered nowhere any more; published assessments go on using it. Repeating it changes nothing. */
export async function archiveMockApi(
  db: Database,
  id: string,
  archived: boolean,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const before = await lockMockApi(transaction, id);
    if (!before) throw new PlatformError("mock_api_not_found");
    if ((before.archived_at !== null) === archived) return;
    await updateMockApi(transaction, id, { archived });
    await recordAudit(transaction, actor, {
      action: archived ? "mock_api.archive" : "mock_api.restore",
      subject: mockApiSubject(id, before.title),
      before: { archived: !archived },
      after: { archived },
    });
  });
}

export function mockApiSubject(id: string, title: string): AuditSubject {
  return { type: "mock_api", id, label: title };
}

function slugOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").slice(0, MAX_SLUG - 5);
  return slug.replace(/^-+|-+$/g, "") || "api";
}

function freeSlug(title: string, taken: ReadonlySet<string>): string {
  const base = slugOf(title);
  let slug = base;
  for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
  return slug;
}
