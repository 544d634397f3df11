import type OpenAI from "openai";
import type { Database } from "../../../shared/db/database.ts";
import type { SecretBox } from "../../../shared/domain/secret-box.ts";
import type { Outbound } from "../../../shared/models/outbound.ts";
import { openUpstreamClient } from "../../../shared/models/upstream-client.ts";
import { openUpstreamKey } from "../../../shared/models/upstream-key.ts";

/** How long a changed address or key may go unnoticed. */
const FRESH_MS = 5000;

export interface Upstream {
  client: OpenAI;
  /** OpenAI's own servers, which name the longest answer differently from most others. */
  isOpenAi: boolean;
}

export interface UpstreamOptions {
  /** Until an answer begins. */
  firstByteTimeoutMs: number;
  maxAnswerBytes: number;
}

interface Entry {
  checkedAt: number;
  version: number;
  upstream: Upstream | null;
}

/** Clients of the upstreams that admins have set up, as they are set up now. Keys stay in here. */
export class UpstreamDirectory {
  readonly #db: Database;
  readonly #box: SecretBox;
  readonly #outbound: Outbound;
  readonly #options: UpstreamOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(db: Database, box: SecretBox, outbound: Outbound, options: UpstreamOptions) {
    this.#db = db;
    this.#box = box;
    this.#outbound = outbound;
    this.#options = options;
  }

  /** @returns null for an upstream that is gone, archived, or whose key cannot be opened */
  async find(upstreamId: string): Promise<Upstream | null> {
    const known = this.#entries.get(upstreamId);
    if (known && performance.now() - known.checkedAt < FRESH_MS) return known.upstream;
    const row = await this.#db
      .selectFrom("model_upstream")
      .select(["base_url", "key_sealed", "updated_at", "archived_at"])
      .where("id", "=", upstreamId)
      .executeTakeFirst();
    const checkedAt = performance.now();
    const version = row && row.archived_at === null ? row.updated_at.getTime() : -1;
    if (known?.version === version) known.checkedAt = checkedAt;
    else {
      const upstream = row && version !== -1 ? this.#open(upstreamId, row.base_url, row.key_sealed) : null;
      this.#entries.set(upstreamId, { checkedAt, version, upstream });
    }
    return this.#entries.get(upstreamId)!.upstream;
  }

  #open(upstreamId: string, baseUrl: string, sealed: Buffer | null): Upstream | null {
    const apiKey = sealed && openUpstreamKey(this.#box, { upstreamId, baseUrl }, sealed);
    if (sealed && apiKey === null) return null;
    const { firstByteTimeoutMs: timeoutMs, maxAnswerBytes } = this.#options;
    const address = { baseUrl, apiKey };
    const client = openUpstreamClient(address, this.#outbound, { timeoutMs, maxAnswerBytes });
    return { client, isOpenAi: /(^|\.)(openai\.com|openai\.azure\.com)$/.test(new URL(baseUrl).hostname) };
  }
}
