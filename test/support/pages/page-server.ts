import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { pagePolicy } from "../../../services/api/plugins/security-headers.ts";

/**
 * What an address of the api answers: a body with a status, `hang` for never, `events` for a live stream, `handle`
 * for what is more than an answer.
 */
export type Answer =
  | { status?: number; body: unknown }
  | { hang: true }
  | { events: () => unknown; event: string }
  | { bytes: string; type: string }
  | { handle: (request: IncomingMessage, response: ServerResponse) => void };

/** `METHOD /path` -> answer; a function is asked at each call. */
export type Answers = Record<string, Answer | ((body: unknown, query: URLSearchParams) => Answer)>;

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const NONCE = "c2NyZWVuc2hvdA";

/** The built pages under their real content security policy, with an api made of answers. */
export class PageServer {
  readonly #pages: Server;
  readonly #sandbox: Server;
  /** Read once: another build must not pull the pages away. */
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #streams = new Set<ServerResponse>();
  readonly #open = new Set<ServerResponse>();
  /** Exchanged before each visit. */
  answers: Answers = {};
  /** Requests no answer was given for: a test that sees one is incomplete. */
  unanswered: string[] = [];

  constructor(dist: string) {
    if (!existsSync(join(dist, "index.html")))
      throw new Error(`no built pages in ${dist}: run npm run build:web`);
    this.#files = readFolder(dist);
    this.#pages = createServer((request, response) => void this.#handle(request, response));
    this.#sandbox = createServer((_request, response) =>
      response.setHeader("content-type", "text/html").end(EDITOR),
    );
  }

  async start(): Promise<void> {
    await Promise.all([this.#pages, this.#sandbox].map(listen));
  }

  async stop(): Promise<void> {
    for (const response of this.#open) response.destroy();
    await Promise.all(
      [this.#pages, this.#sandbox].map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  get origin(): string {
    return `http://localhost:${portOf(this.#pages)}`;
  }

  /** Where the stand-in for the editor lives: another origin, as in production. */
  sandboxUrl(label: string): string {
    return `http://${label}.localhost:${portOf(this.#sandbox)}/`;
  }

  /** Sends what `events` gives now to every open stream. */
  push(): void {
    for (const stream of this.#streams) stream.emit("push");
  }

  dropStreams(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
    const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (!path.startsWith("/api/")) return this.#sendPage(path, response);
    const key = `${request.method} ${path}`;
    const given = this.answers[key];
    if (given && typeof given === "object" && "handle" in given) return given.handle(request, response);
    const answer = typeof given === "function" ? given(await readBody(request), searchParams) : given;
    if (!answer) {
      this.unanswered.push(key);
      response.writeHead(404).end();
    } else if ("events" in answer) this.#stream(answer.event, answer.events, response);
    else if ("body" in answer) sendJson(answer.status ?? 200, answer.body, response);
    else if ("bytes" in answer) response.writeHead(200, { "content-type": answer.type }).end(answer.bytes);
  }

  #stream(event: string, data: () => unknown, response: ServerResponse): void {
    const send = () => response.write(`event: ${event}\ndata: ${JSON.stringify(data())}\n\n`);
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    send();
    this.#streams.add(response);
    response.on("push", send);
    response.on("close", () => this.#streams.delete(response));
  }

  #sendPage(path: string, response: ServerResponse): void {
    const file = path === "/" ? undefined : this.#files.get(path);
    if (file) {
      response
        .writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" })
        .end(file);
      return;
    }
    const policy = pagePolicy(
      { sandboxScheme: "http", sandboxDomain: `localhost:${portOf(this.#sandbox)}`, publicUrl: this.origin },
      NONCE,
      path,
    );
    response.writeHead(200, { "content-type": TYPES[".html"], "content-security-policy": policy });
    response.end(String(this.#files.get("/index.html")).replaceAll("__WORKSAMPLE_CSP_NONCE__", NONCE));
  }
}

/** Every file of a folder by its path from there, for example `/assets/index.js`. */
function readFolder(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [`/${name}`, readFileSync(join(folder, name))]));
}

const listen = (server: Server) =>
  new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
const portOf = (server: Server) => (server.address() as AddressInfo).port;

function sendJson(status: number, body: unknown, response: ServerResponse): void {
  const type = status >= 400 ? "application/problem+json" : "application/json";
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text ? JSON.parse(text) : undefined;
}

/** Enough of an editor's looks to judge the page around it. */
const EDITOR = `<!doctype html><html lang="en"><title>Editor</title><style>
body{margin:0;display:grid;grid-template:1fr 190px/48px 220px 1fr;height:100vh;font:13px/1.7 monospace;background:#fff;color:#3b3b3b}
div{padding:14px;box-sizing:border-box;white-space:pre;overflow:hidden}#a{background:#f3f3f3;grid-row:1/3}#e{background:#f8f8f8;grid-row:1/3;border-right:1px solid #e5e5e5}
#t{border-top:1px solid #e5e5e5}@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#ccc}#a,#e{background:#181818;border-color:#2b2b2b}#t{border-color:#2b2b2b}}
</style><div id="a"></div><div id="e">EXPLORER

  src
    app.py
    triage.py
  tests
    test_triage.py
  README.md
  requirements.txt</div><div>from openai import OpenAI

from helpdesk import Helpdesk

client = OpenAI()
helpdesk = Helpdesk()


def triage(ticket: dict) -> Triage:
    """Sort one ticket into a queue and say why."""
    similar = search(ticket["subject"], limit=5)
    return client.responses.parse(...)</div><div id="t">$ python -m uvicorn src.app:app --port 8000
INFO:     Uvicorn running on http://127.0.0.1:8000</div></html>`;
