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
  body: Schema | undefined;
}

/** The part of JSON Schema that bodies use. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
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
    name: "invitation",
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
      found.push({ method: method.toUpperCase() as Method, path, body: bodyOf(operation) });
    }
  return found;
}

function bodyOf(operation: object): Schema | undefined {
  const { requestBody } = operation as { requestBody?: { content: Record<string, { schema: Schema }> } };
  return requestBody?.content["application/json"]?.schema;
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
/** Mostly what the schema asks for, so that it comes through to the handler; now and then anything at all. */
function offeredTo(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: wantedBy(schema) }, { weight: 1, arbitrary: value });
}

function wantedBy(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(wantedBy));
  switch (schema.type) {
    case "string":
      return stringOf(schema.format);
    case "integer":
    case "number":
      return fc.oneof(fc.constantFrom(0, 1, 1.5, 2, -1, 2 ** 31, Number.MAX_SAFE_INTEGER), fc.nat(70_000));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "object":
      return schema.properties ? objectOf(schema.properties) : ratings;
    default:
      return value;
  }
}

function stringOf(format: string | undefined): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "email") return fc.emailAddress();
  if (format === "date-time")
    return fc
      .date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") })
      .map((date) => date.toISOString());
  return nasty;
}

function objectOf(properties: Record<string, Schema>): fc.Arbitrary<unknown> {
  return fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, offeredTo(schema)])),
  );
}

const ratings = fc.dictionary(
  fc.constantFrom("works", "readable", "x"),
  fc.record({ level: fc.constantFrom(1, 5, null), evidence: nasty }),
);

const addressFor = (path: string) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const parameters = Object.fromEntries(
    names.map((name) => [
      name,
      fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined).map(() => ids[name]!) },
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
  expect(operations.some((operation) => operation.body?.properties?.extraTimeFactor)).toBe(true);
});

it("no input makes any operation fail on our side or hang", async () => {
  const statuses = new Set<number>();
  for (const { method, path, body: schema } of operations) {
    const client = path.startsWith("/api/candidate/") ? clients.candidate : clients.admin;
    await fc.assert(
      fc.asyncProperty(addressFor(path), schema ? offeredTo(schema) : value, async (url, body) => {
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
      { numRuns: 80, interruptAfterTimeLimit: 10_000 },
    );
  }
  // It must have come through to the handlers too, not only to the validation.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 400, 404, 409]));
}, 240_000);
