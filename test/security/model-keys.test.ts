import { Writable } from "node:stream";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";
import { startUpstream, type UpstreamStandIn } from "../support/upstream-stand-in.ts";

/**
 * A key of an upstream, through everything that can be done with one: it is in no answer, no line of the log, no audit
 * event and no row. Each place is looked through for something that must be there, too, so that looking is known to work.
 */
const KEY = "sk-Xq7vB2nL9rT4wZ8k";
const UPSTREAMS = "/api/admin/model-upstreams";

let api: TestApi;
let admin: Client;
let echo: UpstreamStandIn;
const answers: string[] = [];
const lines: string[] = [];

/** The spellings in which a key could lie about. */
function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  const inner = bytes.toString("base64").replace(/=+$/, "");
  return [text, bytes.toString("hex"), inner, [...text].reverse().join("")];
}

async function call(...[method, url, body]: Parameters<Client["call"]>) {
  const answer = await admin.call(method, url, body);
  answers.push(JSON.stringify(answer.headers), answer.body);
  return answer;
}

beforeAll(async () => {
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  api = await startTestApi({ log: pino({ level: "trace" }, sink) });
  admin = await api.staff("admin");
  // The worst upstream: whatever it is sent it sends back.
  echo = await startUpstream({
    "/v1/models": (request, response) =>
      response
        .writeHead(401, { "content-type": "application/json", "x-request-id": KEY })
        .end(JSON.stringify({ error: { message: String(request.headers.authorization), code: KEY } })),
    "/v1/chat/completions": (_, response) => response.writeHead(200).end(`<p>${KEY}</p>`),
  });
  await useTheKey();
});
afterAll(async () => {
  echo?.close();
  await api?.close();
});

async function useTheKey(): Promise<void> {
  const created = await call("POST", UPSTREAMS, { name: "Echo", baseUrl: echo.baseUrl, apiKey: KEY });
  const one = `${UPSTREAMS}/${created.json().id}`;
  await call("POST", UPSTREAMS, { name: "Echo", baseUrl: echo.baseUrl, apiKey: KEY });
  await call("POST", UPSTREAMS, { name: "", baseUrl: "no", apiKey: KEY });
  await call("POST", UPSTREAMS, { name: "Spaced", baseUrl: echo.baseUrl, apiKey: `${KEY} ${KEY}` });
  await call("POST", UPSTREAMS, `{"apiKey":"${KEY}`);
  await call("PATCH", one, { apiKey: KEY });
  await call("PATCH", one, { baseUrl: "http://127.0.0.1:1/v1" });
  await call("POST", `${one}/test`, {});
  await call("POST", `${one}/test`, { model: "small" });
  await call("GET", UPSTREAMS);
  await call("GET", "/api/admin/audit");
  await call("GET", "/api/admin/audit/export?format=csv");
}

async function allRows(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_name) as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(api.db);
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(
      api.db,
    );
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

describe("the key of an upstream", () => {
  it("reached the upstream, so that there was something to leak", () => {
    expect(echo.seen.length).toBe(3);
    for (const { headers } of echo.seen) expect(headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it.each<[string, string, () => string | Promise<string>]>([
    ["answer", "Echo", () => answers.join("\n")],
    ["line of the log", "/api/admin/model-upstreams", () => lines.join("\n")],
    [
      "audit event",
      "model_upstream.test",
      async () => JSON.stringify(await api.db.selectFrom("audit_event").selectAll().execute()),
    ],
    ["row of any table", "Echo", allRows],
  ])("is in no %s", async (_, control, place) => {
    const text = await place();
    expect(text).toContain(control);
    const planted = `${text}\n${KEY}`;
    expect(spellings(KEY).filter((spelling) => planted.includes(spelling))).toEqual([KEY]);
    expect(spellings(KEY).filter((spelling) => text.toLowerCase().includes(spelling.toLowerCase()))).toEqual(
      [],
    );
  });

  it("is shown by its last four characters and no more", () => {
    const hints = answers.join("\n").match(/"keyHint":"[^"]*"/g);
    expect(new Set(hints)).toEqual(new Set([`"keyHint":"${KEY.slice(-4)}"`]));
    expect(answers.join("\n")).not.toContain(KEY.slice(-5));
  });
});
