import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type ModelPlatform,
  type ModelWorkspace,
  startModelPlatform,
  UPSTREAM_SECRET,
} from "../support/model-workspace.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let platform: ModelPlatform;
beforeAll(async () => {
  database = await createTestDatabase();
  platform = await startModelPlatform(database);
});
afterAll(async () => {
  await platform?.close();
  await database?.drop();
});

/** Once all of them have ended, which is written down a moment after programs have their answers. */
async function callsOf({ attemptId }: ModelWorkspace, line: "product" | "assistant") {
  const read = () =>
    database.db
      .selectFrom("model_call")
      .select(["alias", "outcome", "stream", "output_tokens as output"])
      .where("attempt_id", "=", attemptId)
      .where("line", "=", line)
      .orderBy("at")
      .execute();
  await until(async () => (await read()).every(({ outcome }) => outcome !== "open"));
  return read();
}

interface Refusal {
  class: string;
  status: number;
  code: string;
  message: string;
}

/** What each of the programs in `test/support/model-clients` prints. */
interface Results {
  chat: { text: string; tokens: number };
  stream: { text: string; pieces: number };
  tools: { name: string; arguments: unknown; text: string };
  structured: { label: unknown; urgent: unknown };
  responses: { text: string; streamed: string; pieces: number };
  embeddings: { lengths: number[]; norms: number[] };
  abort: { text: string };
  errors: Record<"bad" | "rejected" | "forbidden" | "missing" | "spent" | "locked", Refusal>;
}

const OPENAI = {
  400: "BadRequestError",
  403: "PermissionDeniedError",
  404: "NotFoundError",
  429: "RateLimitError",
  502: "InternalServerError",
};
type ErrorClasses = Record<keyof typeof OPENAI, string>;
const ALL = (name: string): ErrorClasses => ({ 400: name, 403: name, 404: name, 429: name, 502: name });

const CLIENTS: [client: string, command: string, errors: ErrorClasses][] = [
  ["openai for Python", "python /clients/openai_python.py", OPENAI],
  ["openai for Node", "node /clients/openai-node.mjs", OPENAI],
  ["LangChain", "node /clients/langchain.mjs", OPENAI],
  ["the AI SDK", "node /clients/ai-sdk.mjs", ALL("AI_APICallError")],
];

const MADE_UP = /^This is a made-up answer of the mock model “mock-chat”.* You wrote: Hello/;

describe.each(CLIENTS)("%s, unmodified, in a workspace", (_client, command, classes) => {
  let workspace: ModelWorkspace;
  let results: Results;
  beforeAll(async () => {
    workspace = await platform.openWorkspace("own");
    const printed = await workspace.workbench.run(command);
    const last = printed.trim().split("\n").at(-1)!;
    if (!last.startsWith("{")) throw new Error(printed);
    results = JSON.parse(last) as Results;
  });
  afterAll(() => workspace?.close());

  test("talks to a model", () => {
    expect(results.chat.text).toMatch(MADE_UP);
    expect(results.chat.tokens).toBeGreaterThan(10);
  });

  test("gets an answer in pieces", () => {
    expect(results.stream.text).toBe(results.chat.text);
    expect(results.stream.pieces).toBeGreaterThan(5);
  });

  test("calls a tool and tells what it returned", () => {
    expect(results.tools).toMatchObject({ name: "get_weather", arguments: { city: "Lisbon" } });
    expect(results.tools.text).toContain("The tool returned: 21 degrees");
  });

  test("gets an answer of a schema", () => {
    expect(results.structured).toEqual({ label: expect.any(String), urgent: expect.any(Boolean) });
  });

  test("uses the Responses API, whole and in pieces", () => {
    expect(results.responses.text).toMatch(MADE_UP);
    expect(results.responses.streamed).toBe(results.responses.text);
    expect(results.responses.pieces).toBeGreaterThan(5);
  });

  test("gets embeddings", () => {
    expect(results.embeddings.lengths).toEqual([1536, 1536]);
    for (const norm of results.embeddings.norms) expect(norm).toBeCloseTo(1, 4);
  });

  test("goes away in the middle of an answer, and pays for what was written", async () => {
    expect(results.chat.text.startsWith(results.abort.text)).toBe(true);
    expect(results.abort.text.length).toBeLessThan(results.chat.text.length);
    const [whole, ...others] = await callsOf(workspace, "product");
    const aborted = others.filter(({ outcome }) => outcome === "aborted");
    expect(aborted).toHaveLength(1);
    expect(aborted[0]!.output).toBeLessThan(whole!.output! / 2);
  });

  test.each([
    ["bad", 400, "invalid_value", /must be a whole number from 1 to 2000 here/],
    ["rejected", 400, "upstream_rejected", /refused the request: The prompt is too long\./],
    ["forbidden", 403, "assistant_not_offered", /^This assessment has no coding assistant\.$/],
    ["missing", 404, "model_not_found", /^There is no model "nothing" here\. Available: chat, /],
    ["spent", 429, /^(insufficient_quota|reservation_too_large)$/, /budget|cost/i],
    ["locked", 502, "upstream_misconfigured", /not your program/],
  ] as const)(
    "has its own error for a request that is %s (%i), with our words",
    (kind, status, code, message) => {
      const refusal = results.errors[kind];
      expect(refusal).toMatchObject({ class: classes[status], status });
      expect(refusal.code).toMatch(code);
      expect(refusal.message).toMatch(message);
      expect(JSON.stringify(refusal)).not.toContain(UPSTREAM_SECRET);
    },
  );
});

describe("the coding assistant", () => {
  let workspace: ModelWorkspace;
  beforeAll(async () => {
    workspace = await platform.openWorkspace("own and assistant");
  });
  afterAll(() => workspace?.close());

  const run = async (command: string, within = workspace) =>
    (await within.workbench.run(`${command}; echo "exit $?"`)).replaceAll("\r", "").trim();

  test("answers on its own line of the budget", async () => {
    const printed = await run('assistant -p "Hello"');
    expect(printed).toMatch(MADE_UP);
    expect(printed).toMatch(/exit 0$/);
    expect(await callsOf(workspace, "assistant")).toEqual([
      { alias: "helper", outcome: "answered", stream: true, output: expect.any(Number) },
    ]);
    expect(await callsOf(workspace, "product")).toEqual([]);
  });

  test("works in the workspace with its tools, and leaves nothing else there", async () => {
    const printed = await run(`cd / && assistant -p 'Use bash: \`pwd > made.txt; ls -A\`'`);
    expect(printed).toContain("The tool returned: ");
    expect(readFileSync(join(workspace.workbench.files, "made.txt"), "utf8")).toBe("/workspace\n");
    expect(await run("ls -A /workspace")).toBe("made.txt\nexit 0");
  });

  test("keeps what the candidate has set, and survives what no longer is JSON", async () => {
    const settings = "~/.local/share/assistant/settings.json";
    await run(`jq '.theme = "light" | .defaultModel = "gone"' ${settings} > /tmp/s && cp /tmp/s ${settings}`);
    expect(await run('assistant -p "Hello"')).toMatch(/exit 0$/);
    expect(await run(`jq -Mc '[.theme, .defaultModel]' ${settings}`)).toBe('["light","helper"]\nexit 0');
    await run(`echo '{' > ${settings}`);
    expect(await run('assistant -p "Hello"')).toMatch(/exit 0$/);
  });

  test("is also called pi, and takes its arguments", async () => {
    expect(await run("pi --version")).toMatch(/^\d+\.\d+\.\d+\nexit 0$/);
  });

  test("starts in a terminal without asking for anything, missing anything or calling the model", async () => {
    const before = (await callsOf(workspace, "assistant")).length;
    // `script` gives it a terminal, and the second `sleep` the time to say what it misses.
    const printed = await run(`
      timeout 40 script -qfec assistant /tmp/screen < <(sleep 40) > /dev/null &
      until grep -q helper /tmp/screen 2> /dev/null || ! kill -0 $!; do sleep 0.1; done
      sleep 1; kill $!; cat -v /tmp/screen`);
    expect(printed).toContain("helper");
    expect(printed).not.toMatch(/fd not found|download|log ?in|update available|Error/i);
    expect((await callsOf(workspace, "assistant")).length).toBe(before);
  });

  test.each([
    ["own", "This assessment has no coding assistant."],
    ["none", "This assessment has no models."],
  ] as const)("says in one sentence that there is none (%s models)", async (kind, sentence) => {
    const without = await platform.openWorkspace(kind);
    expect(await run("assistant", without).finally(() => without.close())).toBe(`${sentence}\nexit 1`);
  });

  test("says in one sentence that the gateway cannot be reached", async () => {
    await workspace.cutOff();
    expect(await run('assistant -p "Hello"')).toBe(
      "The coding assistant cannot be reached at the moment; try again in a minute.\nexit 1",
    );
    expect(existsSync(join(workspace.workbench.files, "made.txt"))).toBe(true);
  });
});
