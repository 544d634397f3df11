import { expect, it } from "vitest";
import { redactIdentity } from "../../../shared/domain/blind.ts";
import { blindJson } from "./blind-json.ts";

const redact = (text: string) => redactIdentity(text, { name: "Amélie Brandt", email: "amelie@example.com" });
/** As Python writes JSON: nothing but ASCII. */
const ascii = (text: string) =>
  text.replace(/[^\x00-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

it.each([
  ["as it is", JSON.stringify({ content: "I am Amélie Brandt." })],
  ["escaped by the JSON", ascii(JSON.stringify({ content: "I am Amélie Brandt." }))],
  ["in every letter", '{"a":"\\u0041\\u006d\\u00e9\\u006c\\u0069\\u0065 Brandt"}'],
  ["in a JSON inside of the JSON", JSON.stringify({ arguments: ascii('{"name":"Amélie Brandt"}') })],
  ["as the name of a member", ascii(JSON.stringify({ "Amélie Brandt": 1 }))],
  ["deep inside", JSON.stringify([[[{ a: [{ b: "amélie  brandt" }] }]]])],
  ["in a member that is given twice", '{"a":"Am\\u00e9lie Brandt","a":1}'],
  ["in no JSON", "Am\\u00e9lie Brandt {"],
  ["deeper than is read", `${"[".repeat(5000)}"Am\\u00e9lie Brandt"${"]".repeat(5000)}`],
])("takes out a name that is there %s", (_name, text) => {
  const blind = blindJson(text, redact);
  expect(blind.redacted).toBe(true);
  expect(blind.text).toContain("[candidate name]");
  expect(blind.text).not.toMatch(/brandt/i);
});

it("takes out an address, and leaves JSON", () => {
  const blind = blindJson('{"to":"AMELIE@example.com","n":1}', redact);
  expect(JSON.parse(blind.text)).toEqual({ to: "[candidate e-mail]", n: 1 });
});

it.each(['{ "n": 1.0, "big": 12345678901234567890, "a":1,"a":2 }', '["\\u00e9 \\u0000"]', "no JSON"])(
  "leaves %s as it is, to the byte",
  (text) => expect(blindJson(text, redact)).toEqual({ text, redacted: false }),
);
