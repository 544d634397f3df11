import type { z } from "zod";
import type { AuditSubject } from "../../shared/contracts/audit.ts";
import type { CreateModelRequest, UpdateModelRequest } from "../../shared/contracts/models.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { insertModel, lockModel, priceOf, updateModel } from "../records/model.ts";
import { requireUpstream } from "./upstreams.ts";

/** @throws PlatformError upstream_not_found, upstream_archived, model_name_taken */
export async function addModel(
  db: Database,
  upstreamId: string,
  { name, kind, price }: z.infer<typeof CreateModelRequest>,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const upstream = await requireUpstream(transaction, upstreamId);
    if (upstream.archived_at !== null) throw new PlatformError("upstream_archived");
    const id = await insertModel(transaction, { upstreamId, name, kind, price });
    if (id === undefined) throw new PlatformError("model_name_taken");
    await recordAudit(transaction, actor, {
      action: "model.create",
      subject: modelSubject(id, upstream.name, name),
      after: { upstreamId, name, kind, price },
    });
  });
}

/** What changes nothing records nothing. @throws PlatformError upstream_not_found, model_not_found */
export async function changeModel(
  db: Database,
  { upstreamId, modelId }: { upstreamId: string; modelId: string },
  change: z.infer<typeof UpdateModelRequest>,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const upstream = await requireUpstream(transaction, upstreamId);
    const before = await lockModel(transaction, upstreamId, modelId);
    if (!before) throw new PlatformError("model_not_found");
    const wasArchived = before.archived_at !== null;
    const archived = change.archived ?? wasArchived;
    if (change.price === undefined && archived === wasArchived) return;
    await updateModel(transaction, modelId, {
      price: change.price,
      archived: archived === wasArchived ? undefined : archived,
    });
    const price = priceOf(before);
    await recordAudit(transaction, actor, {
      action: "model.update",
      subject: modelSubject(modelId, upstream.name, before.name),
      before: { price, archived: wasArchived },
      after: { price: change.price === undefined ? price : change.price, archived },
    });
  });
}

function modelSubject(id: string, upstreamName: string, name: string): AuditSubject {
  return { type: "model", id, label: `${upstreamName}: ${name}` };
}
