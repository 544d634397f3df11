import { afterAll, beforeAll, expect, test } from "vitest";
import { type DocumentApi, serveDocument } from "../../../test/support/document-api.ts";

const note = { type: "object", required: ["note"], properties: { note: { type: "string" } } };
const answers = (content: object) => ({ get: { responses: { 200: { description: "", content } } } });
const takes = (content: object) => ({
  post: { requestBody: { required: true, content }, responses: { 204: { description: "" } } },
});
const json = { "content-type": "application/json" };

let api: DocumentApi;
beforeAll(async () => {
  api = await serveDocument({
    openapi: "3.1.0",
    info: { title: "", version: "" },
    paths: {
      "/any": { ...answers({ "*/*": { schema: note } }), ...takes({ "*/*": { schema: note } }) },
      "/application": answers({ "application/*": { example: { note: "from the document" } } }),
      "/text": answers({ "text/*": { example: "words" } }),
      "/beside": answers({
        "*/*": { example: { note: "range" } },
        "application/json": { example: { note: "type" } },
      }),
      "/bytes": takes({ "*/*": { schema: { type: "string", format: "binary" } } }),
    },
  });
});
afterAll(() => api.close());

test.each([
  ["/any", "application/json", /^\{"note":"\w+.*"\}$/],
  ["/any", "*/*", /^\{"note":"\w+.*"\}$/],
  ["/application", "application/json", /from the document/],
  ["/beside", "application/json", /"type"/],
])("%s is answered as JSON to who accepts %s", async (path, accept, body) => {
  const answer = await api.send("GET", path, { headers: { accept } });
  expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/json"]);
  expect(answer.text).toMatch(body);
});

test("a range of texts is plain text", async () => {
  const answer = await api.send("GET", "/text", { headers: { accept: "text/plain" } });
  expect([answer.headers["content-type"], answer.text]).toEqual(["text/plain", "words"]);
});

test("a range says no more than it does: other types are not acceptable", async () => {
  expect((await api.send("GET", "/any", { headers: { accept: "text/csv" } })).status).toBe(406);
});

test("JSON and forms that a range takes are checked, other types are taken as they are", async () => {
  const send = async (headers: Record<string, string>, body: string) =>
    (await api.send("POST", "/any", { headers, body })).status;
  expect(await send(json, '{"note":"x"}')).toBe(204);
  expect(await send(json, '{"note":5}')).toBe(422);
  expect(await send({ "content-type": "application/x-www-form-urlencoded" }, "note=x")).toBe(204);
  expect(await send({ "content-type": "application/x-www-form-urlencoded" }, "other=x")).toBe(422);
  expect(await send({ "content-type": "text/csv" }, "a;b")).toBe(204);
});

test("bytes under a range are bytes, whatever they claim to be", async () => {
  expect((await api.send("POST", "/bytes", { headers: json, body: "{" })).status).toBe(204);
});
