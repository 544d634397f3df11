import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import type { Config } from "../shared/config/config.ts";
import type { Database } from "../shared/db/database.ts";
import { TokenSealer } from "../shared/domain/sealed-token.ts";
import type { Log } from "../shared/observability/log.ts";
import { controlSocket } from "../shared/sandbox/layout.ts";
import { openControlServer } from "./control/control-server.ts";
import type { EgressLimits } from "./egress/egress-server.ts";
import type { OpenEgressServices } from "./egress/service.ts";
import { createHealthHandler } from "./health.ts";
import { Gatekeeper } from "./ingress/gatekeeper.ts";
import { createIngressServer, type ServeScratch } from "./ingress/ingress-server.ts";
import { SandboxForwarder } from "./ingress/sandbox-forwarder.ts";
import { UsedTickets, usedTicketsFile } from "./ingress/used-tickets.ts";
import { createMetrics } from "./metrics.ts";
import { followDatabase } from "./registry/follow-database.ts";
import { SandboxRegistry } from "./registry/sandbox-registry.ts";
import { attemptOutlook, currentEpoch } from "./registry/sandbox-rows.ts";
import { SandboxGates } from "./sandbox-gates.ts";

export type GatewayConfig = Pick<
  Config,
  | "dataDir"
  | "gatewayPort"
  | "hostId"
  | "listenHost"
  | "publicUrl"
  | "sandboxDomain"
  | "sandboxScheme"
  | "secret"
>;

export interface GatewayDependencies {
  db: Database;
  log: Log;
  openServices: OpenEgressServices;
  serveScratch?: ServeScratch;
  /** Overrides for tests. */
  egressLimits?: Partial<EgressLimits>;
  answerTimeoutMs?: { ide: number; preview: number };
}

export interface Gateway {
  /** Of ingress, health and metrics. */
  port: number;
  /** Settles when the sandboxes that the database knows of are open again. */
  restored: Promise<void>;
  close(): Promise<void>;
}

/** How long requests of sandboxes that are under way may take once the process is told to stop. */
const GRACE_MS = 3000;

/** Starts both directions of one sandbox host. @throws when the port or the control socket cannot be had. */
export async function startGateway(config: GatewayConfig, deps: GatewayDependencies): Promise<Gateway> {
  const { db, log } = deps;
  const registry = new SandboxRegistry();
  const metrics = createMetrics(() => registry.size);
  const gates = new SandboxGates({
    dataDir: config.dataDir,
    registry,
    openServices: deps.openServices,
    currentEpoch: (attemptId) => currentEpoch(db, attemptId),
    log,
    metrics,
    limits: deps.egressLimits,
  });
  const control = await openControlServer(controlSocket(config.dataDir), gates, log);
  const follower = followDatabase({ db, hostId: config.hostId, gates, registry, log });
  const gatekeeper = new Gatekeeper({ registry, outlook: (attemptId) => attemptOutlook(db, attemptId), log });
  const ingress = createIngressServer({
    config,
    sealer: new TokenSealer(config.secret),
    usedTickets: new UsedTickets(usedTicketsFile(config.dataDir), Date.now()),
    gatekeeper,
    forwarder: new SandboxForwarder({ config, log, metrics, answerTimeoutMs: deps.answerTimeoutMs }),
    onPlatformRequest: createHealthHandler(metrics.registry, {
      database: () => sql`select 1`.execute(db),
      restored: async () => follower.assertRestored(),
    }),
    serveScratch: deps.serveScratch,
    log,
    metrics,
  });
  const close = async () => {
    follower.stop();
    control.close();
    control.closeAllConnections();
    const closed = ingress.listening ? once(ingress, "close") : undefined;
    ingress.close();
    ingress.closeIdleConnections();
    await gates.closeAll(GRACE_MS);
    ingress.closeAllConnections();
    await closed;
  };
  try {
    ingress.listen(config.gatewayPort, config.listenHost);
    await once(ingress, "listening");
  } catch (error) {
    await close();
    throw error;
  }
  return { port: (ingress.address() as AddressInfo).port, restored: follower.restored, close };
}
