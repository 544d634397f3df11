import type {
  MockApiRequestItem,
  MockApiScratch,
} from "../../../services/shared/contracts/mock-api-studio.ts";
import { ago } from "./candidate-fixtures.ts";

export const SCRATCH_ID = "a9000000-0000-4000-8000-0000000000c1";

export const scratch = (address: string, over: Partial<MockApiScratch> = {}): MockApiScratch => ({
  id: SCRATCH_ID,
  address,
  apiKey: "wsk_3f9c2b7a51d04e6c",
  createdAt: ago(0),
  expiresAt: ago(-239),
  ...over,
});

const side = (body: unknown, headers: Record<string, string>) => ({
  headers,
  bytes: body === undefined ? 0 : JSON.stringify(body).length,
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});
const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
const KEY = { authorization: "Bearer [redacted]", accept: "application/json" };

const exchange = (over: Partial<MockApiRequestItem>): MockApiRequestItem => ({
  id: 1,
  at: ago(2),
  method: "GET",
  target: "/v1/tickets?status=new,open&limit=2",
  operationId: "listTickets",
  status: 200,
  durationMs: 64.2,
  fault: "latency",
  request: side(undefined, KEY),
  response: side({ data: [{ ticket_id: "T-1" }], next_cursor: null }, JSON_HEADERS),
  ...over,
});

export const REQUESTS: MockApiRequestItem[] = [
  exchange({
    id: 5,
    method: "PATCH",
    target: "/v1/tickets/T-100482",
    operationId: "updateTicket",
    status: 503,
    durationMs: 71,
    fault: "server_error",
    request: side({ status: "solved", assignee_id: "A-17" }, { ...KEY, ...JSON_HEADERS }),
    response: {
      ...side(
        { type: "about:blank", title: "Service Unavailable", status: 503, code: "unavailable" },
        { "content-type": "application/problem+json", "retry-after": "2" },
      ),
      weather: { kind: "server_error", rule: 1, name: "Deploys", delayMs: 62, writes: "lost" },
    },
  }),
  exchange({ id: 4, status: null, durationMs: 20_004, fault: "timeout", target: "/v1/customers?limit=50" }),
  exchange({
    id: 3,
    method: "POST",
    target: `/v1/tickets/T-100482/messages?expand=author,attachments&trace=${"a1b2c3".repeat(9)}`,
    operationId: "createMessage",
    status: 422,
    durationMs: 3.4,
    fault: null,
  }),
  exchange({ id: 2, durationMs: 0.4, fault: null, target: "/v1/health", operationId: "getHealth" }),
  exchange({}),
];
