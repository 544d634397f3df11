import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { MODEL_LIST, startUpstream, type UpstreamStandIn } from "../../../test/support/upstream-stand-in.ts";
import { testUpstream } from "./test-upstream.ts";

const KEY = "sk-test-0123456789abcdef";
const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function upstream(answers: Parameters<typeof startUpstream>[0]): Promise<UpstreamStandIn> {
  const started = await startUpstream(answers);
  closing.push(started.close);
  return started;
}

const status =
  (code: number, headers: Record<string, string> = {}, body = ""): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end(body);
const json = { "content-type": "application/json" };

function connect(baseUrl: string, options: { key?: string | null; timeoutMs?: number } = {}) {
  const { key = KEY, timeoutMs = 5000 } = options;
  return testUpstream({ baseUrl, apiKey: key }, null, { timeoutMs });
}

const HAS_OPENSSL = spawnSync("openssl", ["version"]).status === 0;

/** A key and a certificate for `localhost`, good for two days. */
function selfSigned(directory: string): { key: Buffer; cert: Buffer } {
  const [key, cert] = [join(directory, "key.pem"), join(directory, "cert.pem")];
  const algorithm = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const files = ["-keyout", key, "-out", cert, "-subj", "/CN=localhost", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...algorithm, ...files], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** A port nobody listens at. */
async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

describe("testing an upstream", () => {
  it("says what it lists", async () => {
    const { baseUrl, seen } = await upstream({ "/v1/models": MODEL_LIST });
    const found = await connect(baseUrl);
    expect(found).toMatchObject({ ok: true, models: ["small", "large"] });
    expect(found.message).toBe("It answers, and lists 2 models.");
    expect(seen).toHaveLength(1);
  });

  it.each<[string, RequestListener | object, RegExp, string | null]>([
    ["a key that is refused", status(401, json, "{}"), /does not take the key \(401\)/, KEY],
    ["a key that is missing", status(401, json, "{}"), /wants a key \(401\)/, null],
    ["no permission", status(403), /refuses this \(403\)/, KEY],
    ["a quota", status(429), /quota or rate limit/, KEY],
    ["a fault of its own", status(502, {}, "<html>"), /answers, but fails \(502\)/, KEY],
    ["a redirect", status(307, { location: "https://elsewhere.example.com" }), /elsewhere \(307\)/, KEY],
    ["a page", status(200, { "content-type": "text/html" }, "<html>"), /not JSON/, KEY],
    ["broken JSON", status(200, json, '{"data":['), /not JSON/, KEY],
    ["another JSON", { hello: "world" }, /not JSON/, KEY],
    ["nothing", status(204), /not JSON/, KEY],
    ["a very long answer", status(200, json, `{"a":"${"x".repeat(5_000_000)}"}`), /far more/, KEY],
    ["a broken connection", (request) => request.socket.destroy(), /closed the connection/, KEY],
    ["an empty list", { data: [] }, /lists no models/, KEY],
  ])("says in a sentence that it met %s", async (_, answer, message, key) => {
    const { baseUrl } = await upstream({ "/v1/models": answer });
    expect((await connect(baseUrl, { key })).message).toMatch(message);
  });

  it("says when the path lacks /v1, and when it does not", async () => {
    const { baseUrl } = await upstream({});
    const bare = baseUrl.replace("/v1", "");
    expect((await connect(bare)).message).toContain(`try ${baseUrl}`);
    expect((await connect(baseUrl)).message).toMatch(/lists no models \(404\)/);
  });

  it("says when nothing listens, and when a name is nobody's", async () => {
    expect((await connect(`http://127.0.0.1:${await freePort()}/v1`)).message).toMatch(/refused/);
    expect((await connect("http://nobody.invalid/v1")).message).toMatch(/cannot be resolved/);
  });

  it("says when what listens is no HTTP, and when it is no TLS", async () => {
    const server = createTcpServer((socket) => socket.on("error", () => {}).end("SSH-2.0-Open\r\n"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect((await connect(`http://127.0.0.1:${port}/v1`)).message).toMatch(/does not speak HTTP/);
    expect((await connect(`https://127.0.0.1:${port}/v1`)).message).toMatch(/does not speak TLS/);
  });

  it.skipIf(!HAS_OPENSSL)("says when a certificate is signed by nobody that is trusted", async () => {
    const directory = mkdtempSync(join(tmpdir(), "worksample-tls-"));
    closing.push(() => rmSync(directory, { recursive: true }));
    const server = createTlsServer(selfSigned(directory));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect((await connect(`https://localhost:${port}/v1`)).message).toMatch(/signed by nobody/);
  });

  it.each<[string, RequestListener]>([
    ["never answers", () => {}],
    [
      "answers a byte at a time",
      (_, response) => {
        response.writeHead(200, json);
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
  ])("gives up on one that %s", async (_, listener) => {
    const { baseUrl } = await upstream({ "/v1/models": listener });
    const found = await connect(baseUrl, { timeoutMs: 300 });
    expect(found).toMatchObject({ ok: false, message: expect.stringMatching(/within 0.3 seconds/) });
    expect(found.durationMs).toBeLessThan(1500);
  });

  it("does not go to a cloud's metadata service", async () => {
    expect((await connect("http://169.254.169.254/latest")).message).toMatch(/metadata service/);
  });
});

describe("testing a model", () => {
  const chat = { choices: [{ message: { role: "assistant", content: "Hello" } }] };
  const ask = (baseUrl: string, name: string, kind: "chat" | "embedding" = "chat") =>
    testUpstream({ baseUrl, apiKey: KEY }, { name, kind }, { timeoutMs: 5000 });

  it("asks it for a few words, also where nothing is listed", async () => {
    const { baseUrl, seen } = await upstream({ "/v1/chat/completions": chat });
    expect(await ask(baseUrl, "small")).toMatchObject({ ok: true, message: "small answers.", models: [] });
    expect(JSON.parse(seen[1]!.body)).toMatchObject({ model: "small", max_completion_tokens: 16 });
  });

  it("speaks to older servers as they want it", async () => {
    const { baseUrl, seen } = await upstream({
      "/v1/chat/completions": (_, response) => {
        const isOld = seen.at(-1)!.body.includes('"max_tokens"');
        response.writeHead(isOld ? 200 : 400, json).end(JSON.stringify(isOld ? chat : {}));
      },
    });
    expect(await ask(baseUrl, "old")).toMatchObject({ ok: true });
  });

  it("asks an embedding model for an embedding", async () => {
    const { baseUrl, seen } = await upstream({ "/v1/embeddings": { data: [{ embedding: [0.5] }] } });
    expect(await ask(baseUrl, "vectors", "embedding")).toMatchObject({ ok: true });
    expect(seen.at(-1)!.path).toBe("/v1/embeddings");
  });

  it("says which model is not known", async () => {
    const { baseUrl } = await upstream({ "/v1/models": MODEL_LIST });
    expect(await ask(baseUrl, "huge")).toMatchObject({
      ok: false,
      message: expect.stringContaining("knows no model huge (404)"),
      models: ["small", "large"],
    });
  });
});

describe("an upstream that repeats the key", () => {
  const told = JSON.stringify({ error: { message: `Incorrect key ${KEY}`, code: KEY, type: KEY } });
  it.each<[string, object | RequestListener]>([
    ["in an error", status(401, json, told)],
    ["in a header", status(302, { location: `https://example.com/?key=${KEY}` })],
    ["among its models", { data: [{ id: KEY }, { id: `x-${KEY}` }, { id: "small" }] }],
    ["in broken JSON", status(200, json, `{${KEY}`)],
  ])("%s does not have it kept", async (_, answer) => {
    const { baseUrl, seen } = await upstream({ "/v1/models": answer });
    const found = await connect(baseUrl);
    expect(seen[0]!.headers.authorization).toContain(KEY);
    expect(JSON.stringify(found)).not.toContain(KEY);
  });
});
