import type * as dns from "node:dns";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Outbound, type OutboundOptions, openOutbound } from "./outbound.ts";
import { openUpstreamClient } from "./upstream-client.ts";

/** Names of these tests, with what they resolve to. */
const NAMES: Record<string, string[]> = {
  "house.test": ["127.0.0.1"],
  "metadata.test": ["169.254.169.254"],
  "mixed.test": ["127.0.0.1", "169.254.169.254"],
};

vi.mock("node:dns", async (original) => {
  const real = await original<typeof dns>();
  const lookup = (name: string, options: dns.LookupAllOptions, done: (...answer: unknown[]) => void) =>
    NAMES[name]
      ? done(
          null,
          NAMES[name].map((address) => ({ address, family: 4 })),
        )
      : real.lookup(name, options, done);
  return { ...real, lookup };
});

const KEY = "sk-test-0123456789abcdef";
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  vi.unstubAllEnvs();
});

async function serve(listener: RequestListener): Promise<{ port: number; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

function outbound(options: OutboundOptions = {}): Outbound {
  const opened = openOutbound(options);
  closing.push(() => opened.close());
  return opened;
}

function client(baseUrl: string, apiKey: string | null = KEY, options: OutboundOptions = {}) {
  return openUpstreamClient({ baseUrl, apiKey }, outbound(options), {
    timeoutMs: 2000,
    maxAnswerBytes: 10_000,
  });
}

/** Names and messages of a failure and of all that caused it. */
function story(error: unknown): string {
  const told: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) told.push(`${at.name}: ${at.message}`);
  return told.join(" < ");
}

const list: RequestListener = (_, response) =>
  response.setHeader("content-type", "application/json").end('{"object":"list","data":[{"id":"small"}]}');

async function modelsOf(baseUrl: string, apiKey?: string | null, options?: OutboundOptions) {
  return (await client(baseUrl, apiKey, options).models.list()).data.map(({ id }) => id);
}

describe("a client of an upstream", () => {
  it("asks below the address it was given, with the key", async () => {
    const { port, seen } = await serve(list);
    expect(await modelsOf(`http://house.test:${port}/v1`)).toEqual(["small"]);
    expect(seen[0]!.url).toBe("/v1/models");
    expect(seen[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it("sends no key where there is none, whatever the environment says", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-of-the-environment");
    vi.stubEnv("OPENAI_ORG_ID", "org-of-the-environment");
    const { port, seen } = await serve(list);
    await modelsOf(`http://127.0.0.1:${port}`, null);
    expect(JSON.stringify(seen[0]!.headers)).not.toMatch(/environment|authorization/);
  });

  it("follows no redirect, so that the key goes nowhere else", async () => {
    const thief = await serve(list);
    const { port } = await serve((_, response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${thief.port}/v1/models` }).end(),
    );
    await expect(modelsOf(`http://127.0.0.1:${port}/v1`)).rejects.toMatchObject({ status: 307 });
    expect(thief.seen).toEqual([]);
  });

  it("asks once", async () => {
    const { port, seen } = await serve((_, response) => response.writeHead(500).end());
    await expect(modelsOf(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ status: 500 });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ["a long one", {}, Buffer.from(`{"data":[],"filler":"${"x".repeat(20_000)}"}`)],
    [
      "one that unpacks to it",
      { "content-encoding": "gzip" },
      gzipSync(`{"data":[],"filler":"${"x".repeat(5_000_000)}"}`),
    ],
  ])("breaks off an answer that is too long: %s", async (_, headers, body) => {
    const { port } = await serve((_request, response) =>
      response.writeHead(200, { "content-type": "application/json", ...headers }).end(body),
    );
    const failure = await modelsOf(`http://127.0.0.1:${port}`).catch((error: unknown) => error);
    expect(story(failure)).toContain("longer than 10000 bytes");
  });

  it.each([
    ["plain", {}, Buffer.from('{"data":[],"filler":"')],
    ["packed", { "content-encoding": "gzip" }, gzipSync('{"data":[]}').subarray(0, 15)],
  ])("fails where an answer breaks off: %s", async (_, headers, begun) => {
    const { port } = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 5000, ...headers });
      response.write(begun, () => response.destroy());
    });
    await expect(modelsOf(`http://127.0.0.1:${port}`)).rejects.toThrow();
  });

  it("understands a packed answer nobody asked for", async () => {
    const { port } = await serve((_, response) =>
      response
        .writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
        .end(gzipSync('{"object":"list","data":[{"id":"packed"}]}')),
    );
    expect(await modelsOf(`http://127.0.0.1:${port}`)).toEqual(["packed"]);
  });

  it.each([
    "http://169.254.169.254/v1",
    "http://[fe80::1]/v1",
    "http://metadata.test/v1",
    "http://mixed.test/v1",
  ])("does not connect to %s", async (baseUrl) => {
    const failure = await modelsOf(baseUrl).catch((error: unknown) => error);
    expect(story(failure)).toContain("ForbiddenAddressError");
  });
});

describe("by way of a proxy", () => {
  it("is asked for the whole address, and for what is exempt nobody is", async () => {
    const proxy = await serve(list);
    const direct = await serve(list);
    const options = { proxyUrl: `http://127.0.0.1:${proxy.port}`, noProxy: "house.test" };
    await modelsOf("http://models.example.invalid/v1", KEY, options);
    await modelsOf(`http://house.test:${direct.port}/v1`, KEY, options);
    expect(proxy.seen.map(({ url }) => url)).toEqual(["http://models.example.invalid/v1/models"]);
    expect(direct.seen).toHaveLength(1);
  });

  it.each(["http://169.254.169.254/v1", "http://metadata.test/v1"])(
    "is not asked for %s",
    async (baseUrl) => {
      const proxy = await serve(list);
      const options = { proxyUrl: `http://127.0.0.1:${proxy.port}` };
      const failure = await modelsOf(baseUrl, KEY, options).catch((error: unknown) => error);
      expect(story(failure)).toContain("ForbiddenAddressError");
      expect(proxy.seen).toEqual([]);
    },
  );
});
