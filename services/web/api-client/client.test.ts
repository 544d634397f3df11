import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { api } from "./client.ts";
import { defaults } from "./platform-api.gen.ts";
import { ProblemError } from "./problem-error.ts";

const JSON_TYPE = { "content-type": "application/json" };

describe("the client of the platform's API", () => {
  let server: Server;
  let answer: RequestListener;

  beforeEach(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    defaults.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    defaults.baseUrl = "";
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const failure = async (signal?: AbortSignal) =>
    api.listStaff({ signal }).then(
      () => expect.unreachable("the call was answered"),
      (error: unknown) => error,
    );
  const codeOf = (error: unknown) => (error instanceof ProblemError ? error.code : error);

  it("hands on what the server answers", async () => {
    answer = (_request, response) => response.writeHead(200, JSON_TYPE).end('{"items":[]}');
    await expect(api.listStaff()).resolves.toEqual({ items: [] });
  });

  it("says what the server refused", async () => {
    const problem = {
      type: "about:blank",
      status: 409,
      code: "email_taken",
      title: "Taken",
      hint: "Another.",
    };
    answer = (_request, response) =>
      response.writeHead(409, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
    expect(codeOf(await failure())).toBe("email_taken");
  });

  it("takes an answer that breaks off for none", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { ...JSON_TYPE, "content-length": "400" }).write('{"items":[');
      setTimeout(() => response.destroy(), 20);
    };
    expect(codeOf(await failure())).toBe("unexpected_answer");
  });

  it("takes the page of a proxy for no answer", async () => {
    answer = (_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Sign in</title>");
    expect(codeOf(await failure())).toBe("unexpected_answer");
  });

  it("leaves an abort what it is, before and during the answer", async () => {
    const early = new AbortController();
    answer = () => early.abort();
    expect(await failure(early.signal)).toMatchObject({ name: "AbortError" });

    const late = new AbortController();
    answer = (_request, response) => {
      response.writeHead(200, JSON_TYPE).write('{"items":[');
      setTimeout(() => late.abort(), 20);
    };
    expect(await failure(late.signal)).toMatchObject({ name: "AbortError" });
  });

  it("says when nobody answers", async () => {
    answer = (request) => request.destroy();
    expect(codeOf(await failure())).toBe("offline");
  });
});
