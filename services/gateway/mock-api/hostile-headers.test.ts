import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { serveDocument } from "../../../test/support/document-api.ts";

/** An answer whose headers and types a document names. */
const documentOf = (type: string, headers: Record<string, string>) => ({
  openapi: "3.1.0",
  info: { title: "Hostile", version: "1" },
  paths: {
    "/a": {
      get: {
        operationId: "a",
        responses: {
          200: {
            description: "x",
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, value]) => [name, { schema: { const: value } }]),
            ),
            content: { [type]: { schema: { const: "hello" } } },
          },
        },
      },
    },
  },
});

describe("what a document says of headers", () => {
  it("never decides where an answer ends or what becomes of its connection", async () => {
    const framing = {
      "Transfer-Encoding": "chunked",
      "Content-Length": "1",
      Connection: "upgrade",
      Upgrade: "h2c",
      Trailer: "x",
      "Keep-Alive": "timeout=9999",
    };
    const api = await serveDocument(documentOf("application/json", { ...framing, "X-Kept": "yes" }));
    const answer = await api.send("GET", "/a");
    expect([answer.status, answer.body]).toEqual([200, "hello"]);
    expect(answer.headers).toMatchObject({ "x-kept": "yes", "content-length": "7" });
    for (const name of ["transfer-encoding", "upgrade", "trailer"])
      expect(answer.headers).not.toHaveProperty(name);
    // The control: the document did name them.
    expect(api.answers[0]!.headers).toHaveProperty("transfer-encoding", "chunked");
    await api.close();
  });

  it.each(["application/json; a=\r\nset-cookie: a=b", "application/json; a=\u0001", "text/\u20ac"])(
    "leaves out the type %j, which no header can hold",
    async (type) => {
      const api = await serveDocument(documentOf(type, {}));
      const answer = await api.send("GET", "/a");
      expect([answer.status, answer.text]).toEqual([200, ""]);
      expect(answer.headers).not.toHaveProperty("set-cookie");
      await api.close();
      // The control: node refuses to write it.
      expect(() => request("http://127.0.0.1:1", { headers: { "content-type": type } }).destroy()).toThrow(
        "Invalid character",
      );
    },
  );
});
