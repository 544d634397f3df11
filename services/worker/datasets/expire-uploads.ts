import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { UPLOAD_EXPIRES_SEC } from "../../shared/contracts/upload.ts";
import { uploadDir } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";

/** A file is younger than its row for a moment only, but a slow upload may pause for long. */
const LOOK_AGAIN_MS = 60_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
let lastLook = 0;

/** Gives up uploads that nothing was added to for a day, and removes what they and cancelled ones left on this host. */
export async function expireUploads({ db, config }: Pick<WorkerContext, "db" | "config">): Promise<void> {
  if (Date.now() - lastLook < LOOK_AGAIN_MS) return;
  lastLook = Date.now();
  await removeExpired({ db, config }, UPLOAD_EXPIRES_SEC);
}

/** @param ageSec since bytes were added last */
export async function removeExpired(
  { db, config }: Pick<WorkerContext, "db" | "config">,
  ageSec: number,
): Promise<void> {
  const tooOld = sql<Date>`clock_timestamp() - make_interval(secs => ${ageSec})`;
  await db
    .updateTable("upload")
    .set({ state: "cancelled", failure: "Nothing was added to it for a day.", updated_at: sql<Date>`now()` })
    .where("state", "=", "receiving")
    .where("updated_at", "<", tooOld)
    .execute();
  const directory = uploadDir(config.dataDir);
  const names = (await readdir(directory).catch(() => [])).filter((name) => UUID.test(name));
  const old: string[] = [];
  for (const name of names) {
    const stats = await stat(join(directory, name)).catch(() => null);
    if (stats && Date.now() - stats.mtimeMs > Math.min(ageSec, 60) * 1000) old.push(name);
  }
  if (old.length === 0) return;
  const rows = await db
    .selectFrom("upload")
    .select("id")
    .where("id", "in", old)
    .where("state", "=", "receiving")
    .execute();
  const open = new Set(rows.map(({ id }) => id));
  for (const name of old) if (!open.has(name)) await rm(join(directory, name), { force: true });
}
