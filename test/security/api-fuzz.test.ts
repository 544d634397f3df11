import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertMountedDataset,
  insertServedMockApi,
  insertSubmission,
  writeTree,
} from "../support/fixtures.ts";
import { type Client, type Method, startTestApi, type TestApi } from "../support/test-api.ts";

/** Every operation of the OpenAPI document, called with anything at all by somebody who may: never a 5xx. */
interface Operation {
  method: Method;
  path: string;
  properties: string[];
}

let api: TestApi;
let operations: Operation[];
let clients: { candidate: Client; admin: Client };
let ids: Record<string, string>;

beforeAll(async () => {
  api = await startTestApi();
  const starter = await writeTree(api.blobs, { a: "b" });
  const version = await insertAssessmentVersion(api.db, { spec: { starterTreeSha256: starter.sha256 } });
  await insertMountedDataset(api.db, { assessmentVersionId: version.id, mountName: "tickets" });
  await insertServedMockApi(api.db, { assessmentVersionId: version.id, hostname: "desk.internal" });
  const mine = await insertInvitation(api.db, { assessmentVersionId: version.id, consentedTo: version.spec });
  const attemptId = await insertAttempt(api.db, { invitationId: mine.id, sandbox: "ready" });
  const other = await insertInvitation(api.db, { assessmentVersionId: version.id });
  const sealed = await insertAttempt(api.db, { invitationId: other.id, state: "submitted" });
  const submission = await insertSubmission(api.db, api.blobs, { attemptId: sealed, files: { a: "b" } });
  ids = {
    invitationId: mine.id,
    attemptId,
    submissionId: submission.id,
    mountName: "tickets",
    hostname: "desk.internal",
    side: "submission",
    index: "0",
  };
  clients = { candidate: api.candidate(mine.id), admin: await api.staff("admin") };
  await clients.admin.call("POST", `/api/review/submissions/${submission.id}/review`);
  operations = await readOperations();
});
afterAll(() => api?.close());

async function readOperations(): Promise<Operation[]> {
  const { paths } = (await api.anonymous.call("GET", "/api/openapi.json")).json();
  const found: Operation[] = [];
  for (const [path, methods] of Object.entries<Record<string, object>>(paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (path.endsWith("/events") || path.endsWith("/sign-out") || path.endsWith("/revoke")) continue;
      found.push({ method: method.toUpperCase() as Method, path, properties: propertiesOf(operation) });
    }
  return found;
}

function propertiesOf(operation: object): string[] {
  const body = (
    operation as { requestBody?: { content: Record<string, { schema: { properties?: object } }> } }
  ).requestBody;
  return Object.keys(body?.content["application/json"]?.schema.properties ?? {});
}

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "\0",
    "\ud800",
    "'; drop table invitation; --",
    "../../etc/passwd",
    "%00",
    "__proto__",
    "constructor",
    "1e999",
    "-0",
    "9007199254740993",
  ),
);
const value = fc.oneof(
  nasty,
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1,
    2 ** 31,
    2 ** 53 - 1,
    1e308,
    1.5,
    [],
    {},
    "2020-02-30T00:00:00Z",
    "9999-12-31T23:59:59Z",
  ),
  fc.constant(undefined).map(() => ids.invitationId),
  fc.dictionary(
    fc.constantFrom("works", "readable", "__proto__", "x"),
    fc.record({ level: fc.constantFrom(1, 6, null, "1"), evidence: nasty }),
  ),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);
const bodyFor = (properties: string[]) =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(Object.fromEntries(properties.map((name) => [name, value])), { requiredKeys: [] }),
    },
    { weight: 1, arbitrary: value },
  );

const addressFor = (path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parameters = Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined).map(() => ids[name]!) },
        { weight: 1, arbitrary: nasty },
      ),
    ]),
  );
  return fc
    .record(parameters)
    .map((chosen) => path.replace(/\{(\w+)\}/g, (_match, name: string) => encode(String(chosen[name]))));
};

/** Lone surrogates have no encoding. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

it("there are operations to call", () => {
  expect(operations.length).toBeGreaterThan(30);
  expect(operations.some((operation) => operation.properties.includes("extraTimeFactor"))).toBe(true);
});

it("no input makes any operation fail on our side or hang", async () => {
  const statuses = new Set<number>();
  for (const { method, path, properties } of operations) {
    const client = path.startsWith("/api/candidate/") ? clients.candidate : clients.admin;
    await fc.assert(
      fc.asyncProperty(addressFor(path), bodyFor(properties), async (url, body) => {
        const hasBody = method !== "GET" && method !== "DELETE";
        const payload = hasBody && body !== undefined ? JSON.stringify(body) : undefined;
        const response = await api.app.inject({
          method: method as "POST",
          url,
          headers: {
            ...client.headers,
            ...(payload === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(payload === undefined ? {} : { payload }),
        });
        statuses.add(response.statusCode);
        if (response.statusCode >= 500) throw new Error(`${method} ${url} answered ${response.body}`);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 5000 },
    );
  }
  // It must have come through to the handlers too, not only to the validation.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 400, 404, 409]));
}, 240_000);
