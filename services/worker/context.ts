import type { SigningKey } from "../shared/archive/signing-key.ts";
import type { BlobStore } from "../shared/blobs/blob-store.ts";
import type { Config } from "../shared/config/config.ts";
import type { Database } from "../shared/db/database.ts";
import type { Log } from "../shared/observability/log.ts";
import type { GatewayControl } from "../shared/sandbox/gateway-control.ts";
import type { CaptureCache } from "./capture/capture-cache.ts";
import type { ContainerEngine } from "./engine/engine.ts";
import type { Mailer } from "./mail/mailer.ts";
import type { Metrics } from "./metrics.ts";
import type { SnapshotPace } from "./sealing/snapshot-pace.ts";
import type { Volumes } from "./volume/volumes.ts";

/** What every job handler works with. */
export interface WorkerContext {
  config: Config;
  db: Database;
  log: Log;
  blobs: BlobStore;
  engine: ContainerEngine;
  volumes: Volumes;
  gateway: Pick<GatewayControl, "open" | "close">;
  signingKey: SigningKey;
  /** Attempt id -> what its last snapshot learned. */
  captureCaches: Map<string, CaptureCache>;
  snapshotPace: SnapshotPace;
  metrics: Metrics;
  /** Null where no mail server is set up. */
  mailer: Mailer | null;
  /** Lets a few submissions be sealed at once; the rest waits. */
  sealingTurns<Result>(action: () => Promise<Result>): Promise<Result>;
}
