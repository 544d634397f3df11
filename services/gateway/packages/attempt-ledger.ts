import { sql } from "kysely";
import pLimit from "p-limit";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import type { PackageFile } from "./registry-file.ts";

/**
 * What one attempt fetched, and how much of it. Bytes are set aside in Postgres before they are sent, one file after the
 * other, so the sum holds however many are asked for at once. A file counts once.
 */
export class AttemptLedger {
  readonly #db: Database;
  readonly #attemptId: string;
  readonly #maxBytes: number;
  /** One connection at most waits for this attempt's lock. */
  readonly #inTurn = pLimit(1);
  /** Requests for a file that are under way: what one sets aside, another may be using. */
  readonly #holders = new Map<string, number>();

  constructor(db: Database, attemptId: string, maxBytes: number) {
    this.#db = db;
    this.#attemptId = attemptId;
    this.#maxBytes = maxBytes;
  }

  /**
   * Sets bytes aside for a file. The charge must be settled or released.
   * @throws PlatformError package_quota_reached
   */
  async charge(file: PackageFile, bytes: number): Promise<Charge> {
    const key = JSON.stringify([file.ecosystem, file.name, file.file]);
    this.#holders.set(key, (this.#holders.get(key) ?? 0) + 1);
    let isOver = false;
    const leave = (): number => {
      const holders = this.#holders.get(key)! - (isOver ? 0 : 1);
      isOver = true;
      if (holders > 0) this.#holders.set(key, holders);
      else this.#holders.delete(key);
      return holders;
    };
    try {
      await this.#inTurn(() => this.#setAside(file, bytes));
    } catch (error) {
      leave();
      throw error;
    }
    return {
      grow: (total) => this.#inTurn(() => this.#setAside(file, total)),
      settle: async (total) => {
        await this.#inTurn(() => this.#settle(file, total));
        leave();
      },
      release: async () => {
        if (isOver || leave() > 0) return;
        await this.#inTurn(() => this.#release(file));
      },
    };
  }

  #setAside(file: PackageFile, bytes: number): Promise<void> {
    return this.#db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`packages:${this.#attemptId}`}, 0))`.execute(
        transaction,
      );
      const { ecosystem, name, version } = file;
      await transaction
        .insertInto("attempt_package")
        .values({ attempt_id: this.#attemptId, ecosystem, name, version, file: file.file, bytes })
        .onConflict((on) =>
          on
            .columns(["attempt_id", "ecosystem", "name", "file"])
            .doUpdateSet({ bytes: sql<number>`greatest(attempt_package.bytes, excluded.bytes)` }),
        )
        .execute();
      const { total } = await transaction
        .selectFrom("attempt_package")
        .where("attempt_id", "=", this.#attemptId)
        .select(sql<number>`sum(bytes)`.as("total"))
        .executeTakeFirstOrThrow();
      // Thrown inside, it takes back what was set aside.
      if (total > this.#maxBytes) throw quotaReached(this.#maxBytes);
    });
  }

  /** The size is known, and the file is on the timeline, before its last byte is sent. */
  #settle(file: PackageFile, bytes: number): Promise<void> {
    return this.#db.transaction().execute(async (transaction) => {
      const settled = await this.#rowOf(transaction, file)
        .set({ state: "fetched", bytes })
        .where("state", "=", "fetching")
        .returning("file")
        .executeTakeFirst();
      if (!settled) return;
      const { ecosystem, name, version } = file;
      await recordEvent(transaction, this.#attemptId, {
        type: "package_fetched",
        actor: "candidate",
        data: { ecosystem, name, version },
      });
    });
  }

  async #release({ ecosystem, name, file }: PackageFile): Promise<void> {
    await this.#db
      .deleteFrom("attempt_package")
      .where("attempt_id", "=", this.#attemptId)
      .where("ecosystem", "=", ecosystem)
      .where("name", "=", name)
      .where("file", "=", file)
      .where("state", "=", "fetching")
      .execute();
  }

  #rowOf(transaction: DatabaseTransaction, { ecosystem, name, file }: PackageFile) {
    return transaction
      .updateTable("attempt_package")
      .where("attempt_id", "=", this.#attemptId)
      .where("ecosystem", "=", ecosystem)
      .where("name", "=", name)
      .where("file", "=", file);
  }
}

export interface Charge {
  /** Sets more aside, to this many in all. @throws PlatformError package_quota_reached */
  grow(totalBytes: number): Promise<void>;
  /** The file was sent, whole or in part: it stays charged and is recorded. */
  settle(bytes: number): Promise<void>;
  /** The registry failed: nothing is charged. Harmless once it is settled. */
  release(): Promise<void>;
}

function quotaReached(maxBytes: number): PlatformError {
  const mib = Math.round(maxBytes / 1024 ** 2);
  return new PlatformError(
    "package_quota_reached",
    `All files together may have ${mib} MiB, and this one would be more. Use what is installed already.`,
  );
}
