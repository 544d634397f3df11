import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { inject } from "vitest";

/** Valkey's default; 0 holds the claims. */
const DATABASES = 16;

/** A logical database of the shared Valkey for one test file: some queue names are the same for everybody. */
export async function claimQueueDatabase(): Promise<{ url: string; release(): Promise<void> }> {
  const server = inject("redisUrl");
  const claims = new Redis(server);
  try {
    for (let number = 1; number < DATABASES; number++) {
      const claim = `test:claimed:${number}`;
      if ((await claims.set(claim, randomUUID(), "NX")) === null) continue;
      const url = `${server}/${number}`;
      return {
        url,
        async release() {
          const own = new Redis(url);
          await own.flushdb();
          own.disconnect();
          await claims.del(claim);
          claims.disconnect();
        },
      };
    }
    throw new Error("every logical database of Valkey is in use");
  } catch (error) {
    claims.disconnect();
    throw error;
  }
}
