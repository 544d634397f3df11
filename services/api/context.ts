import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault, RouteOptions } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Redis } from "ioredis";
import type { Registry } from "prom-client";
import type { BlobStore } from "../shared/blobs/blob-store.ts";
import type { Config } from "../shared/config/config.ts";
import type { Database, DatabaseHandle } from "../shared/db/database.ts";
import type { TokenSealer } from "../shared/domain/sealed-token.ts";
import type { SecretBox } from "../shared/domain/secret-box.ts";
import type { Log } from "../shared/observability/log.ts";
import type { LivePages } from "./live/live-pages.ts";
import type { StudioPages } from "./live/studio-pages.ts";
import type { RateLimits } from "./plugins/rate-limit.ts";
import type { TreeReader } from "./records/tree-reader.ts";
import type { StaffAuthentication } from "./staff/authentication.ts";

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the process owns and lends to the app; whoever opened it closes it, after the app. */
export interface ApiDependencies {
  database: DatabaseHandle;
  redis: Redis;
  blobs: BlobStore;
  log: Log;
  /** Default: a registry of the app's own. */
  registry?: Registry;
  limits?: Partial<RateLimits>;
  /** Told of each route, so that tests can walk all of them. */
  onRoute?: (route: RouteOptions) => void;
}

/** What routes work with. */
export interface ApiContext {
  config: Config;
  db: Database;
  blobs: BlobStore;
  sealer: TokenSealer;
  secrets: SecretBox;
  staff: StaffAuthentication;
  trees: TreeReader;
  live: LivePages;
  studio: StudioPages;
  log: Log;
}
