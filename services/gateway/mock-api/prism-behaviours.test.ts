import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DocumentApi, serveDocument } from "../../../test/support/document-api.ts";
import { BEHAVIOUR_DOCUMENT, isSame, PRISM_BEHAVIOURS } from "../../../test/support/prism-behaviours.ts";

let api: DocumentApi;
beforeAll(async () => {
  api = await serveDocument(BEHAVIOUR_DOCUMENT);
});
afterAll(() => api.close());

test.each(PRISM_BEHAVIOURS.map((one) => [one.name, one] as const))("%s", async (_name, behaviour) => {
  const { method, path, headers = {}, body, ours } = behaviour;
  const answer = await api.send(method, path, { headers, ...(body === undefined ? {} : { body }) });
  expect(answer.status, answer.text).toBe(ours.status);
  if (ours.holds) expect(answer.text).toContain(ours.holds);
});

test("the documentation says which of them are the same", () => {
  const text = readFileSync(new URL("../../../docs/mock-apis.md", import.meta.url), "utf8");
  for (const one of PRISM_BEHAVIOURS)
    expect(text).toContain(`| ${one.name} | ${isSame(one) ? "same" : "differs"} |`);
});
