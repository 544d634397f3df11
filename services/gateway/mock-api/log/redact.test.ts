import { expect, test } from "vitest";
import { type LogEntry, MAX_LOGGED_BODY, toRow } from "./log-entry.ts";
import { redactHeaders, redactTarget, secretsOf } from "./redact.ts";

const KEY = "key_abcDEF-123_xyz";
const DOCUMENT = {
  components: {
    securitySchemes: {
      header: { type: "apiKey", in: "header", name: "X-Team-Token" },
      query: { type: "apiKey", in: "query", name: "access token" },
      bearer: { type: "http", scheme: "bearer" },
    },
  },
};
const CUT = MAX_LOGGED_BODY.attempt;
const secrets = secretsOf(DOCUMENT, KEY);

function entry(change: {
  target?: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  bytes?: number;
}): LogEntry {
  const { body = null } = change;
  return {
    owner: { kind: "attempt", id: "one" },
    hostname: "helpdesk.internal",
    secrets,
    at: 0,
    method: "POST",
    target: change.target ?? "/v1/tickets",
    operationId: null,
    status: 200,
    durationMs: 1,
    request: {
      headers: change.headers ?? {},
      body: { head: body, bytes: change.bytes ?? body?.length ?? 0 },
    },
    response: { headers: {}, body: { head: null, bytes: 0 } },
    weather: null,
    notes: {},
  };
}

test("keys are gone from headers: the usual ones, the declared ones, and the key wherever it stands", () => {
  const headers = {
    authorization: "Basic dXNlcjpwYXNz",
    cookie: "a=1",
    "x-team-token": "another",
    "x-other": `my ${KEY}`,
    accept: "*/*",
    "set-cookie": ["a=1", "b=2"],
  };
  expect(redactHeaders(headers, secrets, 100)).toEqual({
    authorization: "[redacted]",
    cookie: "[redacted]",
    "x-team-token": "[redacted]",
    "x-other": "my [redacted]",
    accept: "*/*",
    "set-cookie": "[redacted]",
  });
});

test.each([
  ["/v1/tickets?status=open", "/v1/tickets?status=open"],
  ["/v1/tickets?access+token=secret&page=2", "/v1/tickets?access+token=[redacted]&page=2"],
  ["/v1/tickets?access%20token=secret", "/v1/tickets?access%20token=[redacted]"],
  ["/v1/tickets?ACCESS%20TOKEN=no-secret", "/v1/tickets?ACCESS%20TOKEN=no-secret"],
  [`/v1/${KEY}/x?y=${KEY}`, "/v1/[redacted]/x?y=[redacted]"],
  [`/v1?y=%6Bey_abcDEF-123_xyz&z=1`, "/v1?[redacted]&z=1"],
  [`/v1?y=%ff%6Bey_abcDEF-123_xyz&z=1`, "/v1?[redacted]&z=1"],
  ["/v1/%6Bey_abcDEF-123_xyz", "[redacted]"],
  ["/v1?%=1&&=&a", "/v1?%=1&&=&a"],
])("of %s is logged %s", (target, shown) => {
  expect(redactTarget(target, secrets)).toBe(shown);
});

test.each([0, 1, 5, 17, 18])("a key that the cut leaves %d characters of does not show", (left) => {
  const before = `${KEY} `.repeat(100);
  const text = `${before}${"x".repeat(CUT - before.length - left)}${KEY.slice(0, left)}`;
  const { request } = toRow(entry({ body: Buffer.from(text), bytes: 100_000 }));
  expect(text).toHaveLength(CUT);
  expect(request).toMatchObject({ bytes: 100_000, isCut: true });
  expect(request.body).toMatch(/^(\[redacted\] )+x+(\[redacted\])?$/);
});

test("only text is kept, as Postgres can store it, and a character that the excerpt halves is left out", () => {
  expect(toRow(entry({ body: Buffer.from([0x89, 0x50, 0xff, 0xfe]) })).request).toEqual({
    headers: {},
    bytes: 4,
  });
  expect(toRow(entry({ body: Buffer.from("a\0b") })).request.body).toBe("a\ufffdb");
  const halved = Buffer.from("aé").subarray(0, 2);
  expect(toRow(entry({ body: halved, bytes: 3 })).request.body).toBe("a");
  expect(toRow(entry({ body: halved, bytes: 2 })).request.body).toBeUndefined();
  expect(
    toRow(entry({ target: `/${"a".repeat(9000)}`, headers: { "x-a": "b".repeat(9000) } })).target,
  ).toHaveLength(2000);
});
