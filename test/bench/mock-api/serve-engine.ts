/**
 * The helpdesk as a gateway serves it (keys, validation, state in SQLite and Postgres, request log), on a TCP port.
 * Tells its parent where; ends when the parent disconnects.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { HELPDESK_HOSTNAME } from "../../../datasets/support-tickets/api/load-helpdesk-api.ts";
import { openMockApis } from "../../../services/gateway/mock-api/service.ts";
import { openDatabase } from "../../../services/shared/db/database.ts";
import { startMockApiFixture } from "../../support/mock-api-fixture.ts";

const database = openDatabase(process.env.WORKSAMPLE_DATABASE_URL!);
const fixture = await startMockApiFixture(database.db, {
  ticketCount: 3000,
  checkAnswers: false,
  bindings: {
    rateLimit: { requestsPerMinute: 6_000_000, burst: 1_000_000 },
    quota: { records: 1_000_000, bytes: 1_000_000_000 },
  },
});
fixture.deps.logLimits = { requests: 10_000_000, bodyBytes: 10_000_000_000 };
const caller = await fixture.addAttempt();
const page = await caller.get("/tickets?limit=100");
const ids: string[] = page.body.data.map((ticket: { ticket_id: string }) => ticket.ticket_id);
const services = await openMockApis(fixture.deps, caller.attempt);
const server = createServer((request, response) => {
  void services.get(HELPDESK_HOSTNAME)!.handle(request, response, caller.attempt);
});
server.listen(0, "127.0.0.1", () => {
  process.send!({ port: (server.address() as AddressInfo).port, key: caller.key, ids });
});
process.on("disconnect", () => process.exit(0));
