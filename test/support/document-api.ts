import { createServer, type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { MockApiService } from "../../services/gateway/mock-api/mock-api-service.ts";
import { digestKey } from "../../services/gateway/mock-api/request/authenticate.ts";
import { findRoute } from "../../services/gateway/mock-api/request/match-route.ts";
import { sendAnswer, type WireAnswer } from "../../services/gateway/mock-api/send-outcome.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { compileMockApi } from "../../services/shared/mock-api/compile/compile-mock-api.ts";
import type { CompiledApi } from "../../services/shared/mock-api/compile/compiled-api.ts";
import { createLog } from "../../services/shared/observability/log.ts";

export const DOCUMENT_KEY = "key_of_the_tests";
const RATE = { requestsPerMinute: 100_000, burst: 10_000 };

export interface DocumentAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever JSON came
  body: any;
}

export interface DocumentApi {
  api: CompiledApi;
  url: string;
  /** Every answer as it was handed out, notes included. */
  answers: WireAnswer[];
  send(
    method: string,
    path: string,
    options?: { headers?: Record<string, string | string[]>; body?: string | Uint8Array },
  ): Promise<DocumentAnswer>;
  close(): Promise<void>;
}

/** A document served over HTTP with nothing behind it: no database, no dataset. */
export async function serveDocument(document: object, seed = "a seed"): Promise<DocumentApi> {
  const api = compileMockApi(document, {
    formatVersion: 1,
    collections: {},
    operations: {},
    rateLimit: RATE,
  });
  const service = new MockApiService({
    api,
    keyDigest: digestKey(DOCUMENT_KEY),
    sealer: new TokenSealer("a secret of the tests, long enough"),
    seed,
    log: createLog("gateway", "silent"),
    withState: () => {
      throw new Error("there is no state");
    },
  });
  const answers: WireAnswer[] = [];
  const server = createServer((message, response) => {
    const route = findRoute(api, message.method ?? "GET", message.url ?? "/");
    void service.answer(message, response, route).then((answer) => {
      if (!answer) return;
      answers.push(answer);
      sendAnswer(response, answer, message.method !== "HEAD");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    api,
    url: `http://127.0.0.1:${port}`,
    answers,
    send: (method, path, { headers = {}, body } = {}) =>
      new Promise((resolve, reject) => {
        const call = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            const isJson = text !== "" && String(response.headers["content-type"]).includes("json");
            const parsed = isJson ? JSON.parse(text) : undefined;
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed });
          });
        });
        call.on("error", reject);
        call.end(body);
      }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
