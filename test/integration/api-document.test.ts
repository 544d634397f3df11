import { readFile } from "node:fs/promises";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { RouteOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_CLIENT_FILE, generateApiClient } from "../support/api-client.ts";
import { startTestApi, type TestApi } from "../support/test-api.ts";

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { in: string; name: string }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
}

let api: TestApi;
let document: Document;
const routes: RouteOptions[] = [];

beforeAll(async () => {
  api = await startTestApi({ onRoute: (route) => routes.push(route) });
  document = (await api.anonymous.call("GET", "/api/openapi.json")).json();
});
afterAll(() => api.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );

describe("the API's document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const { valid, errors } = await new Validator().validate(
      structuredClone(document) as object as Record<string, unknown>,
    );
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it("has every route of the api, and no others", () => {
    const served = routes
      .filter(({ schema }) => (schema as { hide?: boolean } | undefined)?.hide !== true)
      .flatMap(({ method, url }) => [method].flat().map((one) => `${one} ${url.replace(/:(\w+)/g, "{$1}")}`))
      .filter((name) => !name.startsWith("HEAD "));
    expect(
      operations()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...new Set(served)].toSorted());
    expect(served.length).toBeGreaterThan(40);
  });

  it("names each operation once and says what it is for", () => {
    const ids = operations().map(({ operation }) => operation.operationId ?? "");
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const poor = operations().filter(
      ({ operation }) =>
        !/^[a-z][A-Za-z]+$/.test(operation.operationId ?? "") ||
        !operation.summary ||
        !operation.tags?.length,
    );
    expect(poor.map(({ name }) => name)).toEqual([]);
  });

  it("says of each operation who may call it, as the api decides it", () => {
    for (const { method, url, config } of routes) {
      const path = url.replace(/:(\w+)/g, "{$1}");
      const operation = document.paths[path]?.[String([method].flat()[0]).toLowerCase()];
      const access = config?.access;
      if (!operation || !access) continue;
      const scopes = operation.security?.flatMap(({ apiToken }) => apiToken ?? []) ?? [];
      const expected = "scope" in access && access.scope !== null ? [access.scope] : [];
      expect([path, scopes]).toEqual([path, expected]);
    }
  });

  it("names every parameter of a path", () => {
    for (const { name, operation } of operations()) {
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const named = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
      expect([name, named.toSorted()]).toEqual([name, inPath.toSorted()]);
    }
  });

  it("refers only to what it contains", () => {
    const refers = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    const missing = refers
      .map((match) => match[1]!)
      .filter((name) => !Object.hasOwn(document.components.schemas, name));
    expect(missing).toEqual([]);
    expect(refers.length).toBeGreaterThan(50);
  });

  it("is what the client of the pages was generated from", async () => {
    const generated = await generateApiClient(document);
    expect(generated === (await readFile(API_CLIENT_FILE, "utf8")), "run `npm run api:client`").toBe(true);
  });
});
