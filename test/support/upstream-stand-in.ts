import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

export interface UpstreamStandIn {
  /** Ends in `/v1`. */
  baseUrl: string;
  seen: { path: string; headers: IncomingHttpHeaders; body: string }[];
  close(): void;
}

/** Answers JSON by path, for example `/v1/models`; a function answers itself. Anything else is 404. */
export async function startUpstream(
  answers: Record<string, object | RequestListener>,
): Promise<UpstreamStandIn> {
  const seen: UpstreamStandIn["seen"] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    seen.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
    const answer = answers[path];
    if (typeof answer === "function") return void answer(request, response);
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { error: { message: "not here" } }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const MODEL_LIST = { object: "list", data: [{ id: "small" }, { id: "large" }] };
