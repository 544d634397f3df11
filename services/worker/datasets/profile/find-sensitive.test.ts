import { describe, expect, it } from "vitest";
import { findSensitive, hideMost, suggestAction } from "./find-sensitive.ts";

function scan(name: string, values: string[], type: "text" | "integer" | "boolean" = "text") {
  return findSensitive({
    name,
    type,
    filled: values.length,
    candidates: values.length,
    values,
    ordinary: values.slice(0, 50),
  });
}
const kindsOf = (name: string, values: string[], type?: "text" | "integer" | "boolean") =>
  scan(name, values, type).map(({ kind }) => kind);

describe("content that points at people", () => {
  it.each([
    ["email", "ann.lee+x@acme.co.uk"],
    ["phone", "+49 30 1234567"],
    ["phone", "(020) 7946-0958"],
    ["card", "4111 1111 1111 1111"],
    ["card", "378282246310005"],
    ["iban", "DE89 3704 0044 0532 0130 00"],
    ["iban", "GB29NWBK60161331926819"],
    ["us_ssn", "536-22-8726"],
    ["uk_nino", "AB 12 34 56 C"],
    ["fr_nir", "255081416802538"],
    ["es_dni", "12345678Z"],
    ["it_fiscal_code", "RSSMRA85T10A562S"],
    ["ip_address", "93.184.216.34"],
    ["secret", "AKIAIOSFODNN7EXAMPLE"],
  ])("is seen: %s in %s", (kind, value) => {
    expect(kindsOf("field", [value, value, value])).toContain(kind);
    const [inside] = scan("field", Array(3).fill(`please note ${value} and answer soon`));
    expect([inside?.kind, inside?.where]).toEqual([kind, "inside"]);
  });

  it("is seen in a column that says so: a German tax id", () => {
    expect(kindsOf("steuer_id", ["86095742719"])).toContain("de_tax_id");
    expect(kindsOf("steuer_id", ["86095742718"])).not.toContain("de_tax_id");
  });

  it.each([
    ["a card whose check digit is wrong", "note", ["4111 1111 1111 1112"]],
    ["an IBAN whose check digits are wrong", "note", ["DE88 3704 0044 0532 0130 00"]],
    ["an impossible SSN", "note", ["000-12-3456", "666-12-3456", "900-12-3456"]],
    ["a DNI with another letter", "note", ["12345678A"]],
    ["a fiscal code with another check letter", "note", ["RSSMRA85T10A562T"]],
    ["addresses at domains set aside for examples", "note", ["ann@example.com", "bo@x.invalid"]],
    ["dates and times", "note", ["2025-01-02", "2025-01-02 10:20:30", "01.02.2025"]],
    ["order numbers", "order_number", ["1234-567-890", "2234-567-891"]],
    ["versions", "note", ["1.2.3", "10.20.30"]],
    ["amounts", "amount", ["1,234,567.00", "12345678.90"]],
    ["plain ids of ten digits", "ticket_id", ["4915112345", "4915112346"]],
    ["uuids", "key", ["550e8400-e29b-41d4-a716-446655440000"]],
  ])("is not seen in %s", (_, name, values) => {
    expect(scan(name, values)).toEqual([]);
  });

  it("is not seen in long numbers of which some pass Luhn by chance", () => {
    const numbers = Array.from({ length: 500 }, (_, n) => String(4_000_000_000_000_000n + BigInt(n) * 7919n));
    expect(scan("reference", numbers, "integer")).toEqual([]);
    const cards = Array(500).fill("4111111111111111");
    expect(kindsOf("reference", cards, "integer")).toEqual(["card"]);
  });

  it("is counted by rows, and a sample stands for all candidates", () => {
    const [finding] = findSensitive({
      name: "note",
      type: "text",
      filled: 4000,
      candidates: 2000,
      values: ["a@b.io and c@d.io", "nothing @ all"],
      ordinary: [],
    });
    expect(finding).toMatchObject({ kind: "email", matches: 1000, share: 0.25 });
  });
});

describe("names of columns", () => {
  it.each([
    ["first_name", ["Ann", "Bo"], "person_name"],
    ["Nachname", ["Müller"], "person_name"],
    ["date_of_birth", ["1990-01-02"], "birth_date"],
    ["street", ["1 Main St"], "postal_address"],
    ["password", ["hunter2"], "secret"],
    ["Customer Name", ["Ann Miller"], "person_name"],
    ["customerName", ["Ann Miller"], "person_name"],
    ["Date-of-Birth", ["1990-01-02"], "birth_date"],
    ["customer_email", ["ann@shop.example", "bo@shop.example"], "email"],
  ])("tell of %s", (name, values, kind) => {
    expect(kindsOf(name, values)).toEqual([kind]);
  });

  it("prove nothing against the content", () => {
    expect(scan("email", ["user-8820ad42d108994e@example.invalid"])).toEqual([]);
    expect(scan("email_sent", ["true", "false"], "boolean")).toEqual([]);
    expect(scan("phone_type", ["mobile", "home"])).toEqual([]);
    expect(scan("file_name", ["a.txt"])).toEqual([]);
    expect(scan("product_name", ["Lamp"])).toEqual([]);
  });
});

describe("what is made of findings", () => {
  it("suggests to hide only what is inside of a text, and to drop what nobody needs", () => {
    expect(
      suggestAction(scan("body", ["write to ann@acme.io please", "or bo@acme.io", "or cy@acme.io!"])),
    ).toBe("mask");
    expect(suggestAction(scan("email", ["ann@acme.io"]))).toBe("pseudonymise");
    expect(suggestAction(scan("ssn", ["536-22-8726"]))).toBe("drop");
    expect(suggestAction(scan("note", ["fine"]))).toBe("keep");
  });

  it("shows too little of a match to use it", () => {
    expect(hideMost("ann.lee@acme.io")).toBe("a•••@a•••.io");
    expect(hideMost("4111111111111111")).toBe("41••••••••11");
  });
});
