/**
 * The model gateway as a sandbox meets it (validation, budget in Postgres, metering, sealed transcript), on a TCP port.
 * Tells its parent where; ends when the parent disconnects.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createModelGateway } from "../../../services/gateway/models/model-gateway.ts";
import { openDatabase } from "../../../services/shared/db/database.ts";
import { createLog } from "../../../services/shared/observability/log.ts";
import { insertModelAttempt } from "../../support/models-fixture.ts";

const SECRET = "a secret of the bench, long enough";
const database = openDatabase(process.env.WORKSAMPLE_DATABASE_URL!);
const attemptId = await insertModelAttempt(database, SECRET, {
  upstreams: [{ baseUrl: process.env.BENCH_UPSTREAM! }],
  usd: 100_000,
  limits: { requestsPerMin: 100_000, maxOutputTokens: 1000 },
});
const gateway = createModelGateway({
  ...database,
  config: { secret: SECRET, outboundProxy: "" },
  log: createLog("gateway", "silent"),
});
const attempt = { attemptId, sandboxId: randomUUID(), epoch: 1, kind: "scored" } as const;
const service = await gateway.open(attempt);
const server = createServer((request, response) => void service.handle(request, response, attempt));
server.listen(0, "127.0.0.1", () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
