import type { Database } from "../../shared/db/database.ts";
import type { AttemptContext } from "../egress/service.ts";

/** Sandboxes that browsers and candidates' programs should reach on this host right now, by the database. */
export async function liveSandboxes(db: Database, hostId: string): Promise<AttemptContext[]> {
  const rows = await db
    .selectFrom("sandbox")
    .innerJoin("attempt", "attempt.id", "sandbox.attempt_id")
    .where("sandbox.host_id", "=", hostId)
    .where("sandbox.state", "in", ["starting", "ready"])
    // While an attempt is being sealed its workspace is out of reach already, whatever the container's row says.
    .where("attempt.state", "in", ["provisioning", "running"])
    .whereRef("sandbox.epoch", "=", "attempt.epoch")
    .select(["sandbox.id", "sandbox.attempt_id", "sandbox.epoch", "attempt.kind"])
    .execute();
  return rows.map((row) => ({
    sandboxId: row.id,
    attemptId: row.attempt_id,
    epoch: row.epoch,
    kind: row.kind as AttemptContext["kind"],
  }));
}

/** Of these sandboxes, those that the database says are over or replaced: a close that got lost. */
export async function deadSandboxes(db: Database, sandboxIds: string[]): Promise<string[]> {
  if (sandboxIds.length === 0) return [];
  const rows = await db
    .selectFrom("sandbox")
    .innerJoin("attempt", "attempt.id", "sandbox.attempt_id")
    .where("sandbox.id", "in", sandboxIds)
    .where((where) =>
      where.or([
        where("sandbox.state", "in", ["lost", "removed"]),
        where("attempt.state", "in", ["submitted", "ended", "failed"]),
        where("attempt.epoch", ">", where.ref("sandbox.epoch")),
      ]),
    )
    .select("sandbox.id")
    .execute();
  return rows.map((row) => row.id);
}

/** The epoch an attempt is at, on whatever host; null when there is no such attempt. */
export async function currentEpoch(db: Database, attemptId: string): Promise<number | null> {
  const row = await db.selectFrom("attempt").where("id", "=", attemptId).select("epoch").executeTakeFirst();
  return row?.epoch ?? null;
}

/** Whether a workspace that is not open here will be back (`open`), is done with, or never was. */
export type AttemptOutlook = "open" | "over" | "unknown";

export async function attemptOutlook(db: Database, attemptId: string): Promise<AttemptOutlook> {
  const row = await db.selectFrom("attempt").where("id", "=", attemptId).select("state").executeTakeFirst();
  if (!row) return "unknown";
  return row.state === "provisioning" || row.state === "running" ? "open" : "over";
}
