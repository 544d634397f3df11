import { describe, expect, it } from "vitest";
import { basePathOf, consoleDocument, credentialsFor } from "./console-document.ts";

const ADDRESS = "http://try-1.sandbox.test";

describe("the document of the console", () => {
  it("sends every request to the trial instance, whatever servers the document names", () => {
    const get = { summary: "All", servers: [{ url: "https://reports.example.com/r" }] };
    const shown = consoleDocument(
      {
        openapi: "3.1.0",
        servers: [{ url: "https://api.example.com/v2/" }],
        paths: {
          "/tickets": { get: { summary: "Tickets" } },
          "/files": { servers: [{ url: "https://files.example.com" }], get },
        },
      },
      ADDRESS,
    );
    expect(JSON.stringify(shown)).not.toContain("example.com");
    expect(shown).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: `${ADDRESS}/v2` }],
      paths: {
        "/tickets": { get: { summary: "Tickets" } },
        "/files": {
          servers: [{ url: ADDRESS }],
          get: { summary: "All", servers: [{ url: `${ADDRESS}/r` }] },
        },
      },
    });
  });

  it.each([
    [undefined, ""],
    [[{ url: "/" }], ""],
    [[{ url: "v1" }], "/v1"],
    [
      [
        {
          url: "https://{region}.example.com/{version}",
          variables: { region: { default: "eu" }, version: { enum: ["v3"] } },
        },
      ],
      "/v3",
    ],
    [[{ url: "http://[" }], ""],
    [[null], ""],
  ])("finds the path of the first server (%#)", (servers, path) => expect(basePathOf(servers)).toBe(path));

  it("has the key ready for every security scheme", () => {
    const securitySchemes = {
      bearer: { type: "http", scheme: "bearer" },
      basic: { type: "http", scheme: "Basic" },
      header: { type: "apiKey", in: "header", name: "X-API-Key" },
      oauth: { type: "oauth2" },
    };
    expect(credentialsFor({ components: { securitySchemes } }, "k1")).toEqual({
      bearer: { token: "k1" },
      basic: { username: "key", password: "k1" },
      header: { value: "k1" },
      oauth: { token: "k1" },
    });
    expect(credentialsFor({ components: { securitySchemes } }, null)).toEqual({});
    expect(credentialsFor({ components: null }, "k1")).toEqual({});
  });
});
