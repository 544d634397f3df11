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
import { nasty, value } from "../support/hostile-values.ts";
import { insertModelCall } from "../support/model-call-fixture.ts";
import { insertStudio, type StudioFixture } from "../support/studio-fixture.ts";
import { type Client, type Method, startTestApi, type TestApi } from "../support/test-api.ts";

/** Every operation of the OpenAPI document, called with anything at all by somebody who may: never a 5xx. */
interface Operation {
  method: Method;
  path: string;
  body: Schema | undefined;
  query: { name: string; schema: Schema }[];
}

/** The part of JSON Schema that bodies use. */
interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
}

let api: TestApi;
let operations: Operation[];
let clients: { candidate: Client; admin: Client };
let ids: Record<string, string>;
let studio: StudioFixture;
let components: Record<string, Schema>;

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
  const callId = await insertModelCall(api.db, api.config.secret, {
    attemptId: sealed,
    request: { messages: [{ role: "user", content: "Hi" }] },
  });
  ids = {
    callId,
    invitationId: mine.id,
    attemptId,
    submissionId: submission.id,
    mountName: "tickets",
    hostname: "desk.internal",
    name: "invitation",
    side: "submission",
    index: "0",
    requestId: "00000000-0000-4000-8000-000000000001",
    messageId: "00000000-0000-4000-8000-000000000002",
    tokenId: "00000000-0000-4000-8000-000000000003",
  };
  clients = { candidate: api.candidate(mine.id), admin: await api.staff("admin") };
  await clients.admin.call("POST", `/api/review/submissions/${submission.id}/review`);
  studio = await insertStudio(api, clients.admin);
  ids = { ...studio, ...ids, importId: studio.importId };
  operations = await readOperations();
});
afterAll(() => api?.close());

async function readOperations(): Promise<Operation[]> {
  const document = (await api.anonymous.call("GET", "/api/openapi.json")).json();
  components = document.components.schemas;
  const { paths } = document;
  const found: Operation[] = [];
  for (const [path, methods] of Object.entries<Record<string, object>>(paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (path.endsWith("/events") || path.endsWith("/sign-out") || path.endsWith("/revoke")) continue;
      const query = queryOf(operation);
      found.push({ method: method.toUpperCase() as Method, path, body: bodyOf(operation), query });
    }
  return found.sort((left, right) => Number(endsSomething(left)) - Number(endsSomething(right)));
}

/** What is over refuses whatever comes after. */
function endsSomething({ method, path }: Operation): boolean {
  return method === "DELETE" || /\/(cancel|archive|publish|end|submit|withdraw|reset)$/.test(path);
}

function queryOf(operation: object): Operation["query"] {
  const { parameters = [] } = operation as { parameters?: { in: string; name: string; schema: Schema }[] };
  return parameters.filter((parameter) => parameter.in === "query");
}

function bodyOf(operation: object): Schema | undefined {
  const { requestBody } = operation as { requestBody?: { content: Record<string, { schema: Schema }> } };
  return requestBody?.content["application/json"]?.schema;
}

/** Mostly what the schema asks for, so that it comes through to the handler; now and then anything at all. */
function offeredTo(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 19, arbitrary: wantedBy(schema, depth) }, { weight: 1, arbitrary: value });
}

/** Schemas that lead back to themselves end somewhere. */
const DEEPEST = 8;

function wantedBy(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) return value;
  if (schema.$ref) {
    const named = components[schema.$ref.split("/").at(-1)!];
    return named ? wantedBy(named, depth + 1) : value;
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => wantedBy(choice, depth + 1)));
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
    case "array":
      return fc.array(offeredTo(schema.items ?? {}, depth + 1), { maxLength: 3 });
    case "object":
      return schema.properties ? objectOf(schema.properties, depth + 1) : dictionaryOf(schema, depth + 1);
    default:
      return value;
  }
}

function stringOf(format: string | undefined): fc.Arbitrary<string> {
  if (format === "uuid") return fc.oneof(fc.uuid(), fc.constantFrom(...idsKnown()));
  if (format === "email") return fc.emailAddress();
  if (format === "date-time")
    return fc
      .date({ noInvalidDate: true, min: new Date("0001-01-01"), max: new Date("9999-12-31") })
      .map((date) => date.toISOString());
  return nasty;
}

const idsKnown = () => Object.values(ids).filter((id) => id.length === 36);

/** The revision is the first one, most of the time: nothing but a saved draft goes beyond. */
function objectOf(properties: Record<string, Schema>, depth: number): fc.Arbitrary<unknown> {
  return fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [
        name,
        name === "revision" ? fc.constantFrom(1, 2, 3) : offeredTo(schema, depth),
      ]),
    ),
  );
}

function dictionaryOf({ additionalProperties }: Schema, depth: number): fc.Arbitrary<unknown> {
  if (typeof additionalProperties !== "object") return ratings;
  const names = fc.constantFrom("orders", "status", "constructor", "__proto__", "x");
  return fc.oneof(ratings, fc.dictionary(names, offeredTo(additionalProperties, depth), { maxKeys: 3 }));
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
        { weight: 19, arbitrary: fc.constant(undefined).map(() => idIn(path, name)) },
        { weight: 1, arbitrary: nasty },
      ),
    ]),
  );
  return fc
    .record(parameters)
    .map((chosen) => path.replace(/\{(\w+)\}/g, (_match, name: string) => encode(String(chosen[name]))));
};

const NOBODY = "00000000-0000-4000-8000-000000000000";

/** One name stands for ids of several things. */
function idIn(path: string, name: string): string {
  if (name === "versionId" && path.includes("/dataset-versions/")) return studio.datasetVersionId;
  if (name === "versionId" && path.includes("/mock-api-versions/")) return studio.mockApiVersionId;
  if (name === "versionId") return studio.assessmentVersionId;
  if (name === "importId" && path.includes("/assessments/")) return studio.assessmentImportId;
  return ids[name] ?? NOBODY;
}

const filters = fc
  .array(
    fc.record({
      column: fc.oneof(fc.constantFrom("id", "status", "__proto__"), nasty),
      comparison: fc.constantFrom("equals", "contains", "less", "at_least", "is_null", "is_not_null"),
      value: fc.oneof(nasty, fc.constantFrom("1", "2020-01-01", "NaN", "1e400", "' OR 1=1 --")),
    }),
    { maxLength: 3 },
  )
  .map((wanted) => JSON.stringify(wanted));

/** Few at a time: one that is refused hides the others. */
function queryFor(wanted: Operation["query"]): fc.Arbitrary<string> {
  if (wanted.length === 0) return fc.constant("");
  const given = wanted.map(({ name, schema }) =>
    fc
      .oneof(
        { weight: 3, arbitrary: name === "filter" ? filters : wantedBy(schema).map(String) },
        { weight: 1, arbitrary: nasty },
        { weight: 1, arbitrary: fc.constantFrom("id", "-status", "NaN", "99999999999999999999", "") },
      )
      .map((text) => `${encode(name)}=${encode(text)}`),
  );
  const few = fc.array(fc.oneof(...given), { maxLength: 2 });
  return few.map((pairs) => (pairs.length > 0 ? `?${pairs.join("&")}` : ""));
}

/** Lone surrogates have no encoding. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

it("there are operations to call", () => {
  expect(operations.length).toBeGreaterThan(30);
  // Bodies are read from their schemas, through references too, and so are the ids of the studio.
  const bodies = operations.flatMap(({ body }) =>
    body ? [body, components[body.$ref?.split("/").at(-1) ?? ""]] : [],
  );
  expect(bodies.some((body) => body?.properties?.extraTimeFactor)).toBe(true);
  const nameless = operations.flatMap(({ path }) =>
    [...path.matchAll(/\{(\w+)\}/g)].filter(([, name]) =>
      idIn(path, name!).startsWith("00000000-0000-4000-8000-000000000000"),
    ),
  );
  expect(nameless.map(([name]) => name)).toEqual([]);
});

it("no input makes any operation fail on our side or hang", async () => {
  const statuses = new Set<number>();
  for (const { method, path, body: schema, query } of operations) {
    const client = path.startsWith("/api/candidate/") ? clients.candidate : clients.admin;
    const offered = schema ? offeredTo(schema) : value;
    await fc.assert(
      fc.asyncProperty(addressFor(path), queryFor(query), offered, async (address, search, body) => {
        const url = address + search;
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
      { numRuns: 25, interruptAfterTimeLimit: 1000 },
    );
  }
  // It must have come through to the handlers too, not only to the validation.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 202, 400, 404, 409]));
}, 360_000);
