import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { SecretBox } from "../domain/secret-box.ts";
import { openBody, sealBody } from "./transcript.ts";

const box = new SecretBox("a secret for tests only, 32 characters or more");
const TEXT = JSON.stringify({ messages: [{ role: "user", content: "Grüße an Amelie ".repeat(1000) }] });

it("opens what was sealed for the same call", () => {
  const id = randomUUID();
  expect(openBody(box, id, sealBody(box, id, TEXT))).toBe(TEXT);
  expect(openBody(box, id, sealBody(box, id, ""))).toBe("");
});

it("keeps nothing readable, and less than was said", () => {
  const id = randomUUID();
  const sealed = sealBody(box, id, TEXT);
  expect(sealed.includes("Amelie")).toBe(false);
  expect(sealed.length).toBeLessThan(TEXT.length / 10);
});

it.each<[string, (sealed: Buffer) => Buffer, { id?: string; secret?: string }]>([
  ["of another call", (sealed) => sealed, { id: randomUUID() }],
  ["of another platform", (sealed) => sealed, { secret: "another secret for tests, 32 characters" }],
  ["changed", (sealed) => sealed.fill(0, sealed.length - 1), {}],
  ["cut", (sealed) => sealed.subarray(0, -1), {}],
  ["empty", () => Buffer.alloc(0), {}],
])("does not open one that is %s", (_name, change, { id, secret }) => {
  const own = randomUUID();
  const other = secret ? new SecretBox(secret) : box;
  expect(openBody(other, id ?? own, change(sealBody(box, own, TEXT)))).toBeNull();
});
