import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkUpload } from "./check-upload.ts";
import { readSource } from "./read-source.ts";

/** Each attack has a control that shows what it would do to a reader without the defence. */

const HEAD = 'openapi: "3.1.0"\ninfo: { title: T, version: "1" }\n';
const NOTHING = { bindings: null, weather: null };

async function rulesOf(text: string | Uint8Array): Promise<string[]> {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const { issues } = await checkUpload(() => bytes, NOTHING);
  return issues.map(({ severity, rule }) => `${severity} ${rule}`);
}

function withSchemas(schemas: object): string {
  return JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {
      "/a": {
        post: {
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } } },
          responses: { "200": { description: "" } },
        },
      },
    },
    components: { schemas },
  });
}

describe("a hostile document", () => {
  it("cannot multiply itself by aliases", async () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const name = String.fromCharCode(98 + level);
      const before = String.fromCharCode(97 + level);
      return `  ${name}: &${name} [${Array(10).fill(`*${before}`).join(",")}]`;
    });
    const bomb = `${HEAD}paths: {}\nx-bomb:\n  a: &a [1,1,1,1,1,1,1,1,1,1]\n${levels.join("\n")}\n`;
    expect(await rulesOf(bomb)).toEqual(["error too-many-aliases"]);
    // Control: it parses, into what is 10^10 values once it is written out.
    const control = load(bomb) as { "x-bomb": Record<string, unknown[][]> };
    expect(control["x-bomb"].j![0]![0]).toHaveLength(10);
    expect(() => parse(bomb)).toThrow(/Excessive alias count/);
  });

  it("cannot stand for itself", async () => {
    expect(await rulesOf(`${HEAD}paths: {}\nx-self: &self\n  again: *self\n`)).toEqual([
      "error circular-alias",
    ]);
  });

  it("cannot nest without end", async () => {
    const deep = `${HEAD}paths: {}\nx-deep: ${"[".repeat(5000)}${"]".repeat(5000)}`;
    expect(await rulesOf(deep)).toEqual(["error too-deep"]);
    const json = `{"openapi":"3.1.0","x":${"[".repeat(500_000)}${"]".repeat(500_000)}}`;
    expect(await rulesOf(json)).toEqual(["error too-deep"]);
    // Control: JSON.parse takes it, and who walks it by recursion runs out of stack.
    expect(() => JSON.stringify(JSON.parse(json))).toThrow(RangeError);
  });

  it("cannot fill memory with small values", async () => {
    const many = `{"openapi":"3.1.0","x":[${"[],".repeat(2_000_000)}[]]}`;
    expect(await rulesOf(many)).toEqual(["error too-many-values"]);
  });

  it("cannot say a key twice, in YAML or JSON", async () => {
    expect(await rulesOf(`${HEAD}paths: {}\npaths: {}\n`)).toEqual(["error duplicate-key"]);
    expect(await rulesOf('{"openapi":"3.1.0","openapi":"3.0.0"}')).toEqual(["error duplicate-key"]);
    expect(await rulesOf('{"openapi":"3.1.0","\\u006fpenapi":"3.0.0"}')).toEqual(["error duplicate-key"]);
  });

  it.each([
    ["YAML", `${HEAD}paths: {}\nx: { __proto__: { polluted: true } }\n`],
    ["JSON", '{"openapi":"3.1.0","x":{"__proto__":{"polluted":true}}}'],
    ["a merge key", `${HEAD}paths: {}\nx:\n  <<: { "__proto__": { polluted: true } }\n`],
  ])("cannot reach the prototype of objects by %s", async (_way, text) => {
    expect(await rulesOf(text)).toEqual(["error forbidden-key"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    // Control: the key is there for whoever copies by assignment.
    const copy = Object.assign({}, (readRaw(text) as { x: object }).x) as { polluted?: boolean };
    expect(copy.polluted).toBe(true);
  });

  it.each(["!!js/function 'function(){}'", "!custom x", "!!binary aGk=", "!!timestamp 2001-01-01"])(
    "cannot bring the tag %s along",
    async (value) => {
      expect(await rulesOf(`${HEAD}paths: {}\nx: ${value}\n`)).toEqual(["error custom-tag"]);
    },
  );

  it.each(["\\u0000", "\\ud800"])("cannot hold %s, which the database cannot", async (character) => {
    expect(await rulesOf(`{"openapi":"3.1.0","x":"${character}"}`)).toEqual(["error forbidden-character"]);
    expect(await rulesOf(`{"openapi":"3.1.0","${character}":1}`)).toEqual(["error forbidden-character"]);
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "https://example.com/api.yaml#/components/schemas/A",
    "file:///etc/passwd",
    "/etc/passwd",
    "../../../etc/passwd",
    "//metadata.google.internal/computeMetadata/v1/",
    "other.yaml#/A",
    "data:application/json,{}",
  ])("cannot refer to %s", async (reference) => {
    expect(await rulesOf(withSchemas({ A: { $ref: reference } }))).toEqual(["error outside-reference"]);
  });

  it("cannot grow by references: what branches in place is counted", async () => {
    const bomb: Record<string, object> = { Z: { type: "string" } };
    for (let level = 0; level < 20; level++) {
      const below = { $ref: `#/components/schemas/${level === 0 ? "Z" : `L${level - 1}`}` };
      bomb[`L${level}`] = { allOf: [below, below] };
    }
    bomb.A = { $ref: "#/components/schemas/L19" };
    expect(await rulesOf(withSchemas(bomb))).toContain("error expansion");
    // Control: half as deep is fine, and so is what branches by properties, which the value has to have.
    const { L19: _, A: __, ...rest } = bomb;
    expect(await rulesOf(withSchemas({ ...rest, A: { $ref: "#/components/schemas/L9" } }))).toContain(
      "error expansion",
    );
    const small = Object.fromEntries(Object.entries(bomb).filter(([name]) => !/^L1\d$/.test(name)));
    expect(await rulesOf(withSchemas({ ...small, A: { $ref: "#/components/schemas/L9" } }))).toEqual([]);
    const tree = {
      A: {
        properties: { left: { $ref: "#/components/schemas/A" }, right: { $ref: "#/components/schemas/A" } },
      },
    };
    expect(await rulesOf(withSchemas(tree))).toEqual([]);
  });

  it("cannot refer in circles", async () => {
    const circle = { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } };
    expect(await rulesOf(withSchemas(circle))).toContain("error circular-reference");
    const inherited = {
      A: { oneOf: [{ $ref: "#/components/schemas/B" }] },
      B: { allOf: [{ $ref: "#/components/schemas/A" }, { type: "object" }] },
    };
    expect(await rulesOf(withSchemas(inherited))).toEqual(["warning circular-reference"]);
  });

  it("keeps only patterns that are matched in linear time", async () => {
    const patterns = withSchemas({ A: { type: "string", pattern: "^(?=(a+)+$)\\1b" } });
    const { document, issues } = await checkUpload(() => Buffer.from(patterns), NOTHING);
    expect(issues).toMatchObject([
      { severity: "warning", rule: "pattern", pointer: "/components/schemas/A/pattern" },
    ]);
    expect(JSON.stringify(document)).not.toContain("pattern");
    expect(await rulesOf(withSchemas({ A: { pattern: "((a{900}){900}){900}" } }))).toEqual([
      "warning pattern",
    ]);
    // Control: what RE2 takes stays.
    const kept = await checkUpload(() => Buffer.from(withSchemas({ A: { pattern: "^(a+)+$" } })), NOTHING);
    expect(JSON.stringify(kept.document)).toContain('"pattern":"^(a+)+$"');
  });

  it("leaves nothing in schemas that changes what references mean, and runs none of its names", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it would be code in generated code
    const code = "x'];globalThis.__owned=1;//`${globalThis.__owned=1}";
    const schema = {
      $id: "https://evil.example/root",
      $schema: "https://evil.example/meta",
      $anchor: "here",
      $dynamicAnchor: "there",
      properties: { [code]: { const: { [code]: code } }, next: { $dynamicRef: "#there" } },
      patternProperties: { [code]: { format: code } },
      required: [code],
      enum: [{ constructor: code }],
    };
    const { document, errors } = await checkUpload(() => Buffer.from(withSchemas({ A: schema })), NOTHING);
    expect(errors).toBe(0);
    expect(JSON.stringify(document)).not.toMatch(/evil\.example|dynamic|\$anchor/);
    expect((globalThis as { __owned?: number }).__owned).toBeUndefined();
  });
});

/** As somebody would read it who knows no better. */
function readRaw(text: string): unknown {
  return text.startsWith("{") ? JSON.parse(text) : load(text);
}

it("reads what is not hostile, in both notations and encodings", () => {
  expect(readSource(() => Buffer.from("a: &x {b: 1}\nc: *x\n")).value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  expect(readSource(() => Buffer.from('\ufeff{"a": [1, true, null]}', "utf16le")).value).toEqual({
    a: [1, true, null],
  });
});
