import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { sql } from "kysely";
import type { Database } from "../../shared/db/database.ts";
import { listen } from "../../shared/db/listen.ts";
import type { Log } from "../../shared/observability/log.ts";

const BATCH = 100;
/** Notifications make it prompt; the poll finds what a lost one left. */
const POLL_MS = 2000;

/**
 * Moves jobs from the outbox into BullMQ. Several workers may run it: rows are taken with `skip locked`, and a
 * row that was added but not deleted (a crash in between) meets its own job id again and changes nothing.
 */
export async function startDispatcher(
  db: Database,
  databaseUrl: string,
  redis: Redis,
  log: Log,
): Promise<{ close(): Promise<void> }> {
  const queues = new Map<string, Queue>();
  let closed = false;
  let running: Promise<void> | undefined;
  let again = false;

  function queueOf(name: string): Queue {
    let queue = queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection: redis });
      queues.set(name, queue);
    }
    return queue;
  }

  async function moveBatch(): Promise<number> {
    return db.transaction().execute(async (tx) => {
      const { rows } = await sql<{
        id: number;
        queue: string;
        name: string;
        payload: object;
        delay_ms: number;
      }>`
        delete from outbox where id in (select id from outbox order by id for update skip locked limit ${BATCH})
        returning id, queue, name, payload,
          greatest(0, extract(epoch from run_at - clock_timestamp()) * 1000)::double precision as delay_ms`.execute(
        tx,
      );
      for (const row of rows) {
        await queueOf(row.queue).add(row.name, row.payload, {
          jobId: `outbox-${row.id}`,
          delay: Math.round(row.delay_ms),
          attempts: 3,
          backoff: { type: "exponential", delay: 1000 },
          removeOnComplete: { age: 3600, count: 1000 },
          removeOnFail: { age: 24 * 3600 },
        });
      }
      return rows.length;
    });
  }

  function drain(): void {
    if (closed) return;
    if (running) {
      again = true;
      return;
    }
    running = (async () => {
      do {
        again = false;
        while ((await moveBatch()) === BATCH) {
          // More is waiting.
        }
      } while (again && !closed);
    })()
      .catch((error: unknown) => log.error({ err: error }, "the outbox could not be emptied; trying again"))
      .finally(() => {
        running = undefined;
      });
  }

  const listener = await listen(databaseUrl, "outbox", drain, drain);
  const timer = setInterval(drain, POLL_MS);
  drain();
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await listener.close();
      await running;
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
