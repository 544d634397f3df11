import { type IncomingHttpHeaders, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import {
  type AttemptView,
  CandidateView,
  OpenInvitationResponse,
} from "../../services/shared/contracts/candidate.ts";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** GET of an address whose host is a name of this machine, such as `http://<label>.localhost:4001/`. */
export function getLocally(address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: "127.0.0.1",
        port: url.port,
        path: url.pathname + url.search,
        headers: { host: url.host, ...headers },
        timeout: 30_000,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    call.on("timeout", () => call.destroy(new Error(`${address} did not answer`)));
    call.on("error", reject);
    call.end();
  });
}

/** Somebody at the api of a running platform: keeps cookies and sends the Origin of its own pages. */
export class HttpClient {
  readonly #publicUrl: string;
  #cookie = "";

  constructor(publicUrl: string) {
    this.#publicUrl = publicUrl;
  }

  async fetch(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.#publicUrl}${path}`, {
      method,
      headers: {
        origin: this.#publicUrl,
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]!);
    if (cookies.length > 0) this.#cookie = cookies.join("; ");
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  async call<Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.infer<Schema>> {
    return schema.parse(await (await this.fetch(method, path, body)).json());
  }
}

export interface Candidate {
  client: HttpClient;
  /** Without a trailing slash. */
  base: string;
  view(): Promise<CandidateView>;
  /** Waits for a state. @throws when the attempt failed or it takes longer than a minute. */
  until(kind: "attempt" | "practice", reached: (attempt: AttemptView) => boolean): Promise<AttemptView>;
}

/** Opens a personal link and accepts its conditions. */
export async function openLink(publicUrl: string, link: string): Promise<Candidate> {
  const client = new HttpClient(publicUrl);
  const token = link.slice(link.lastIndexOf("/") + 1);
  const { invitationId } = await client.call(OpenInvitationResponse, "POST", "/api/candidate/sessions", {
    token,
  });
  const base = `/api/candidate/invitations/${invitationId}`;
  const view = () => client.call(CandidateView, "GET", base);
  const { consentVersion } = (await view()).lobby;
  await client.fetch("POST", `${base}/consent`, { accepted: true, consentVersion });
  return {
    client,
    base,
    view,
    async until(kind, reached) {
      const giveUp = Date.now() + 60_000;
      for (;;) {
        const attempt = (await view())[kind];
        if (attempt && reached(attempt)) return attempt;
        if (attempt?.state === "failed" || Date.now() > giveUp)
          throw new Error(`the ${kind} did not get there: ${JSON.stringify(attempt)}`);
        await sleep(200);
      }
    },
  };
}
