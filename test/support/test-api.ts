import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InjectOptions, LightMyRequestResponse, RouteOptions } from "fastify";
import { Redis } from "ioredis";
import { inject } from "vitest";
import { CANDIDATE_COOKIE, sealCandidateSession } from "../../services/api/access/candidate-session.ts";
import { buildApp } from "../../services/api/app.ts";
import type { App } from "../../services/api/context.ts";
import type { RateLimits } from "../../services/api/plugins/rate-limit.ts";
import { createApiToken } from "../../services/api/staff/create-api-token.ts";
import { createStaffMember } from "../../services/api/staff/create-staff-member.ts";
import { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import { type Config, environmentName, readConfig } from "../../services/shared/config/config.ts";
import type { ApiScope } from "../../services/shared/contracts/api-token.ts";
import type { StaffRole } from "../../services/shared/contracts/common.ts";
import { commandActor } from "../../services/shared/db/audit-log.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { createLog, type Log } from "../../services/shared/observability/log.ts";
import { createTestDatabase } from "./test-database.ts";

export const ORIGIN = "http://localhost:4000";
export const STAFF_PASSWORD = "correct horse battery staple";

type Body = InjectOptions["payload"];
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Somebody who calls the api: sends their cookies or token, and the Origin of our own pages. */
export interface Client {
  headers: Record<string, string>;
  call(method: Method, url: string, body?: Body): Promise<LightMyRequestResponse>;
}

export interface TestApi {
  app: App;
  config: Config;
  db: Database;
  blobs: LocalBlobStore;
  redis: Redis;
  sealer: TokenSealer;
  anonymous: Client;
  candidate(invitationId: string, linkGeneration?: number): Client;
  staff(role: StaffRole): Promise<Client & { id: string; email: string }>;
  token(...scopes: ApiScope[]): Promise<Client>;
  client(headers: Record<string, string>): Client;
  close(): Promise<void>;
}

export interface TestApiOptions {
  config?: Partial<Config>;
  limits?: Partial<RateLimits>;
  log?: Log;
  onRoute?: (route: RouteOptions) => void;
}

/** An api of its own: fresh database, fresh blob store, and its own corner of Valkey. */
export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "worksample-api-"));
  const redis = new Redis(inject("redisUrl"), { keyPrefix: `${randomUUID()}:`, maxRetriesPerRequest: 1 });
  const config = { ...testConfig(database.url, dataDir), ...options.config };
  const blobs = new LocalBlobStore(join(dataDir, "blobs"));
  const app = await buildApp(config, {
    database,
    redis,
    blobs,
    log: options.log ?? createLog("api", "silent"),
    ...(options.onRoute ? { onRoute: options.onRoute } : {}),
    limits: {
      global: 1_000_000,
      openLink: 1_000_000,
      signIn: 1_000_000,
      signInPerEmail: 1_000_000,
      ...options.limits,
    },
  });
  const sealer = new TokenSealer(config.secret);
  const client = (headers: Record<string, string>) => makeClient(app, { origin: ORIGIN, ...headers });
  return {
    app,
    config,
    db: database.db,
    blobs,
    redis,
    sealer,
    client,
    anonymous: client({}),
    candidate(invitationId, linkGeneration = 1) {
      const session = sealCandidateSession(sealer, { invitationId, linkGeneration, issuedAt: Date.now() });
      return client({ cookie: `${CANDIDATE_COOKIE}=${session}` });
    },
    async staff(role) {
      const email = `${role}-${randomUUID()}@example.com`;
      const member = { name: `Test ${role}`, email, role, password: STAFF_PASSWORD };
      const { id } = await createStaffMember(database.db, member, commandActor("test"));
      return { ...client({ cookie: await signIn(client({}), email) }), id, email };
    },
    async token(...scopes) {
      const { token } = await createApiToken(database.db, { name: "test", scopes }, commandActor("test"));
      return makeClient(app, { authorization: `Bearer ${token}` });
    },
    async close() {
      await app.close();
      redis.disconnect();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function testConfig(databaseUrl: string, dataDir: string): Config {
  const settings: Record<string, string> = {
    databaseUrl,
    redisUrl: inject("redisUrl"),
    secret: "a secret for tests only, 32 characters or more",
    dataDir,
    publicUrl: ORIGIN,
    sandboxDomain: "localhost:4001",
  };
  return readConfig(
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [environmentName(name), value])),
  );
}

function makeClient(app: App, headers: Record<string, string>): Client {
  return {
    headers,
    call: (method, url, body) =>
      app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) }),
  };
}

/** @returns the Cookie header of the session. */
export async function signIn(client: Client, email: string, password = STAFF_PASSWORD): Promise<string> {
  const response = await client.call("POST", "/api/auth/sign-in/email", { email, password });
  if (response.statusCode !== 200)
    throw new Error(`sign-in answered ${response.statusCode} ${response.body}`);
  return response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ");
}
