import { LocalBlobStore } from "../../shared/blobs/local-blob-store.ts";
import { type Database, openDatabase } from "../../shared/db/database.ts";
import { invitationToken } from "../../shared/domain/invitation-link.ts";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { blobDir } from "../../shared/sandbox/layout.ts";
import { type Demo, readDemo } from "../instance/demo-file.ts";
import type { Instance } from "../instance/instance.ts";
import { mockUpstreamUrl } from "../mock-upstream/mock-upstream.ts";
import { publishDemoAssessments } from "./demo-assessments.ts";
import { ensureDemoDataset } from "./demo-dataset.ts";
import { ensureDemoInvitations } from "./demo-invitations.ts";
import { ensureDemoMockApi } from "./demo-mock-api.ts";
import { ensureDemoModels } from "./demo-models.ts";
import { ensureAdminApiToken, ensureDemoStaff } from "./demo-staff.ts";

/** Makes the demo, or completes it: what is there and current is left alone. @returns the ways in. */
export async function seedDemo(
  instance: Instance,
  databaseUrl: string,
  detail: (text: string) => void,
): Promise<Demo> {
  const database = openDatabase(databaseUrl, { name: "worksample-seed", maxConnections: 2 });
  try {
    const blobs = new LocalBlobStore(blobDir(instance.dataDir));
    const { db } = database;
    const staff = await ensureDemoStaff(db, instance);
    const dataset = await ensureDemoDataset(db, blobs, instance, detail);
    const mockApiVersionId = await ensureDemoMockApi(db, dataset);
    const versions = await publishDemoAssessments(db, blobs, {
      datasetVersionId: dataset.id,
      mockApiVersionId,
      models: await ensureDemoModels(db, mockUpstreamUrl(instance.ports.mockUpstream)),
    });
    const invitations = await ensureDemoInvitations(db, versions);
    const before = await readDemo(instance);
    const links = await linksOf(db, instance, invitations);
    return {
      api: instance.publicUrl,
      candidateUrls: links,
      ...staff,
      adminApiToken: await ensureAdminApiToken(db, before?.adminApiToken ?? null),
    };
  } finally {
    await database.close();
  }
}

async function linksOf(db: Database, instance: Instance, invitationIds: string[]): Promise<string[]> {
  const sealer = new TokenSealer(instance.secrets.secret);
  const rows = await db
    .selectFrom("invitation")
    .select(["id", "link_generation"])
    .where("id", "in", invitationIds)
    .execute();
  const generations = new Map(rows.map((row) => [row.id, row.link_generation]));
  return invitationIds.map(
    (id) => `${instance.publicUrl}/invite/${invitationToken(sealer, id, generations.get(id)!)}`,
  );
}
