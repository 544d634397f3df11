import { sql } from "kysely";
import type { SandboxHealth } from "../../shared/contracts/admin.ts";
import type { SandboxState } from "../../shared/contracts/common.ts";
import type { Connection, Database } from "../../shared/db/database.ts";

export interface SandboxRecord {
  id: string;
  attemptId: string;
  epoch: number;
  hostId: string;
  state: SandboxState;
  containerId: string | null;
  endedAt: Date | null;
  /** When it was last known to work. */
  lastSeenAt: Date;
}

const LIVE: SandboxState[] = ["starting", "ready", "frozen", "lost"];

/**
 * Takes a place on this host for the next epoch of an attempt.
 * @returns null when the host is full, or when the attempt is not in one of `states` any more.
 */
export async function reserveSandbox(
  db: Database,
  options: { attemptId: string; hostId: string; capacity: number; states: ("provisioning" | "running")[] },
): Promise<{ sandbox: SandboxRecord } | { refused: "full" | "moved_on" }> {
  return db.transaction().execute(async (tx) => {
    // Serialises reservations of this host, so that two jobs cannot both take the last place.
    await tx
      .selectFrom("host")
      .select("id")
      .where("id", "=", options.hostId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const { count } = await tx
      .selectFrom("sandbox")
      .select((e) => e.fn.countAll<number>().as("count"))
      .where("host_id", "=", options.hostId)
      .where("state", "in", LIVE)
      .where("attempt_id", "<>", options.attemptId)
      .executeTakeFirstOrThrow();
    if (count >= options.capacity) return { refused: "full" as const };
    const attempt = await tx
      .updateTable("attempt")
      .set((e) => ({ host_id: options.hostId, epoch: e("epoch", "+", 1) }))
      .where("id", "=", options.attemptId)
      .where("state", "in", options.states)
      .returning("epoch")
      .executeTakeFirst();
    if (!attempt) return { refused: "moved_on" as const };
    await tx
      .updateTable("sandbox")
      .set({
        state: "removed",
        ended_at: sql<Date>`coalesce(ended_at, clock_timestamp())`,
        end_reason: "replaced",
      })
      .where("attempt_id", "=", options.attemptId)
      .where("state", "in", LIVE)
      .execute();
    const row = await tx
      .insertInto("sandbox")
      .values({ attempt_id: options.attemptId, epoch: attempt.epoch, host_id: options.hostId })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { sandbox: toRecord(row) };
  });
}

export async function currentSandbox(db: Connection, attemptId: string): Promise<SandboxRecord | null> {
  const row = await db
    .selectFrom("sandbox")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .orderBy("epoch", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

export async function sandboxesOfAttempt(db: Connection, attemptId: string): Promise<SandboxRecord[]> {
  const rows = await db
    .selectFrom("sandbox")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .orderBy("epoch")
    .execute();
  return rows.map(toRecord);
}

export async function liveSandboxes(db: Connection, hostId: string): Promise<SandboxRecord[]> {
  const rows = await db
    .selectFrom("sandbox")
    .selectAll()
    .where("host_id", "=", hostId)
    .where("state", "in", LIVE)
    .orderBy("created_at")
    .execute();
  return rows.map(toRecord);
}

export async function setContainer(db: Connection, sandboxId: string, containerId: string): Promise<void> {
  await db.updateTable("sandbox").set({ container_id: containerId }).where("id", "=", sandboxId).execute();
}

/** @returns false when the sandbox was in none of `from`. */
export async function moveSandbox(
  db: Connection,
  sandboxId: string,
  from: SandboxState[],
  to: SandboxState,
  endReason?: string,
): Promise<boolean> {
  const over = to === "lost" || to === "removed";
  const row = await db
    .updateTable("sandbox")
    .set({
      state: to,
      ...(to === "ready" ? { ready_at: sql<Date>`clock_timestamp()` } : {}),
      ...(over ? { ended_at: sql<Date>`coalesce(ended_at, clock_timestamp())` } : {}),
      ...(endReason ? { end_reason: endReason } : {}),
    })
    .where("id", "=", sandboxId)
    .where("state", "in", from)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveHealth(db: Connection, sandboxId: string, health: SandboxHealth): Promise<void> {
  await db
    .updateTable("sandbox")
    .set({ health: JSON.stringify(health) })
    .where("id", "=", sandboxId)
    .where("state", "=", "ready")
    .execute();
}

function toRecord(row: {
  id: string;
  attempt_id: string;
  epoch: number;
  host_id: string;
  state: string;
  container_id: string | null;
  created_at: Date;
  ready_at: Date | null;
  ended_at: Date | null;
  health: unknown;
}): SandboxRecord {
  const measuredAt = (row.health as { at?: string } | null)?.at;
  return {
    id: row.id,
    attemptId: row.attempt_id,
    epoch: row.epoch,
    hostId: row.host_id,
    state: row.state as SandboxState,
    containerId: row.container_id,
    endedAt: row.ended_at,
    lastSeenAt: measuredAt ? new Date(measuredAt) : (row.ready_at ?? row.created_at),
  };
}
