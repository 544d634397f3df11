import { afterAll, beforeAll, expect, it } from "vitest";
import { SecretBox } from "../../services/shared/domain/secret-box.ts";
import { openBody } from "../../services/shared/models/transcript.ts";
import { insertAttempt, insertInvitation, insertSubmission } from "../support/fixtures.ts";
import { chatStream, insertModelCall, streamOf } from "../support/model-call-fixture.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

/** A candidate who has models say her name, in every way that a page would put together again. */
const NAME = "Amélie Brandt";
const EMAIL = "amelie.brandt@example.com";
const ascii = (text: string) =>
  text.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
const letters = [..."I am Amélie Brandt, amelie.brandt@example.com."];
const asks = (content: string) => ({ model: NAME, messages: [{ role: "user", content }] });
const responseDeltas = letters.map((delta) => ({
  type: "response.output_text.delta",
  output_index: 0,
  content_index: 0,
  delta,
}));
const toolDeltas = [...'{"to":"Amélie Brandt"}'].map((part) => ({
  choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { name: "", arguments: part } }] } }],
}));

const CALLS: Record<string, Omit<Parameters<typeof insertModelCall>[2], "attemptId">> = {
  "in plain words": { request: asks(`I am ${NAME}`), response: { content: EMAIL }, alias: NAME },
  "escaped as Python does": { request: ascii(JSON.stringify(asks(`I am ${NAME}, ${EMAIL}`))) },
  "in the arguments of a tool": {
    request: { messages: [{ content: "", arguments: ascii(`{"n":"${NAME}"}`) }] },
  },
  "letter by letter in a chat": { stream: true, response: chatStream(letters) },
  "letter by letter in an answer that broke off": { stream: true, response: chatStream(letters, false) },
  "letter by letter in a response": { stream: true, response: streamOf(...responseDeltas) },
  "letter by letter in a tool's arguments": { stream: true, response: streamOf(...toolDeltas) },
  "where a long request is cut": {
    request: asks(`${"x".repeat(3000)}${NAME}${"y".repeat(3000)}`),
    keep: JSON.stringify(asks("x".repeat(3000))).length - '"}]}'.length + 10,
  },
  "where a long answer is cut": {
    stream: true,
    response: chatStream([..."z".repeat(300), ...NAME, ...NAME], false),
    // In the middle of the name.
    keep: chatStream([..."z".repeat(300), ...NAME.slice(0, 10)], false).length,
  },
  "across the end of an excerpt": { request: asks(`${"x ".repeat(95)}${NAME} ${NAME}`) },
  "in no JSON": { request: `${NAME} {`, response: `<p>${NAME}</p>` },
  "as a refusal": { stream: true, response: { error: { message: `No model ${NAME}` } } },
};

let api: TestApi;
let reviewer: Client;
let base: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await startTestApi();
  reviewer = await api.staff("reviewer");
  const { id: invitationId } = await insertInvitation(api.db, { candidateName: NAME, candidateEmail: EMAIL });
  const attemptId = await insertAttempt(api.db, { invitationId, state: "submitted" });
  const submission = await insertSubmission(api.db, api.blobs, { attemptId });
  base = `/api/review/submissions/${submission.id}`;
  for (const [name, call] of Object.entries(CALLS))
    ids[name] = await insertModelCall(api.db, api.config.secret, { attemptId, ...call });
  await api.db
    .insertInto("attempt_package")
    .values({ attempt_id: attemptId, ecosystem: "npm", name: NAME, version: EMAIL, file: "a", bytes: 1 })
    .execute();
});
afterAll(() => api?.close());

/** What is read on the page: escapes are letters there, and pieces are one text. */
const asRead = (body: string): string =>
  body
    .replace(/\\+u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .toLowerCase();
const LEAK = /am[eé]lie[\s._-]*b|brandt/;
/** Every text of an answer in the order in which it is there, with nothing between. */
const textsOf = (value: unknown): string =>
  typeof value === "string"
    ? (tryParse(value) ?? value)
    : typeof value === "object" && value !== null
      ? Object.values(value).map(textsOf).join("")
      : "";
const tryParse = (text: string): string | null => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? textsOf(parsed) : null;
  } catch {
    return null;
  }
};

it.each(Object.keys(CALLS))("tells no reviewer the name that is there %s", async (name) => {
  const { body } = await reviewer.call("GET", `${base}/model-calls/${ids[name]}`);
  expect(asRead(body)).not.toMatch(LEAK);
  expect(asRead(textsOf(JSON.parse(body)))).not.toMatch(LEAK);
  // Cut bodies end before the name; all others say that something is gone.
  if (!name.includes("is cut")) expect(body).toMatch(/\[candidate (name|e-mail)\]/);
});

it("tells it neither in the list nor among the packages", async () => {
  for (const path of ["model-calls", "packages"]) {
    const { body } = await reviewer.call("GET", `${base}/${path}`);
    expect(asRead(body)).not.toMatch(LEAK);
    expect(body).toContain("[candidate name]");
  }
});

it("would tell it, were it not taken out", async () => {
  const box = new SecretBox(api.config.secret);
  const rows = await api.db.selectFrom("model_call").selectAll().execute();
  const read = (id: string, sealed: Buffer | null) => (sealed && openBody(box, id, sealed)) ?? "";
  const plain = rows.map((one) => read(one.id, one.request_sealed) + read(one.id, one.response_sealed));
  expect(plain.filter((text) => LEAK.test(asRead(text))).length).toBeGreaterThan(5);
  // Of the streams no single event holds it, all together they do.
  const streamed = plain.find((text) => text.includes("response.output_text.delta"))!;
  expect(asRead(streamed)).not.toMatch(LEAK);
  expect([...streamed.matchAll(/"delta":"(.)"/g)].map((match) => match[1]).join("")).toContain(NAME);
});

it("keeps in the database what nobody can read there", async () => {
  const rows = await api.db.selectFrom("model_call").select(["request_sealed", "response_sealed"]).execute();
  const bytes = Buffer.concat(
    rows.flatMap((one) => [one.request_sealed, one.response_sealed]).filter((one) => one !== null),
  );
  expect(bytes.length).toBeGreaterThan(1000);
  for (const words of ["messages", "role", "Brandt", "choices"]) expect(bytes.includes(words)).toBe(false);
});

it("lets nobody but reviewers and admins read calls, and tokens never", async () => {
  const id = Object.values(ids)[0];
  const clients = [api.anonymous, await api.token("admin:read", "admin:write")];
  for (const path of ["model-calls", `model-calls/${id}`, "packages"])
    for (const client of clients)
      expect([401, 403]).toContain((await client.call("GET", `${base}/${path}`)).statusCode);
});
