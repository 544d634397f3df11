import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface LocalRegistry {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  npmUrl: string;
  pypiUrl: string;
  /** As they arrived. */
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** How often a path was asked for. */
  count(path: string | RegExp): number;
  /** Publishes versions of an npm package; `change` may spoil the packument. */
  publish(
    name: string,
    versions: Record<string, Buffer>,
    change?: (packument: Packument) => unknown,
  ): Promise<void>;
  /** Publishes files of a project; `change` may spoil the page. */
  publishProject(
    project: string,
    files: Record<string, Buffer>,
    change?: (page: ProjectPage) => unknown,
  ): void;
  /** Answers a path in another way, or as before. */
  answer(path: string, answer: Answer | null): void;
  close(): Promise<void>;
}

export interface Packument {
  name: string;
  "dist-tags": Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a registry may say
  versions: Record<string, any>;
}

export interface ProjectPage {
  meta: { "api-version": string };
  name: string;
  versions: string[];
  // biome-ignore lint/suspicious/noExplicitAny: whatever an index may say
  files: any[];
}

/** An npm registry and a Python package index on this machine, which can be told to misbehave. */
export async function startLocalRegistry(): Promise<LocalRegistry> {
  const answers = new Map<string, Answer>();
  const overrides = new Map<string, Answer>();
  const requests: LocalRegistry["requests"] = [];
  const server = createServer((request, response) => {
    const path = request.url!;
    requests.push({ path, headers: request.headers });
    const answer = overrides.get(path) ?? answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end("{}");
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    npmUrl: `${origin}/registry`,
    pypiUrl: `${origin}/simple`,
    requests,
    count: (path) =>
      requests.filter((asked) => (typeof path === "string" ? asked.path === path : path.test(asked.path)))
        .length,
    async publish(name, versions, change = (packument) => packument) {
      const packument: Packument = {
        name,
        "dist-tags": { latest: Object.keys(versions).at(-1)! },
        versions: {},
      };
      for (const [version, tarball] of Object.entries(versions)) {
        const path = `/registry/${name}/-/${name.replace(/^.*\//, "")}-${version}.tgz`;
        const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
        packument.versions[version] = { name, version, dist: { tarball: `${origin}${path}`, integrity } };
        answers.set(path, bytes(tarball));
      }
      const changed = change(packument);
      const path = `/registry/${name.replace("/", "%2f")}`;
      answers.set(path, json(changed));
      for (const [version, manifest] of Object.entries(packument.versions))
        answers.set(`${path}/${version}`, json(manifest));
    },
    publishProject(project, files, change = (page) => page) {
      const listed = Object.entries(files).map(([filename, content]) => {
        answers.set(`/files/${filename}`, bytes(content));
        const sha256 = createHash("sha256").update(content).digest("hex");
        return { filename, url: `../../files/${filename}`, hashes: { sha256 }, size: content.length };
      });
      const page = change({
        meta: { "api-version": "1.1" },
        name: project,
        versions: ["1.0"],
        files: listed,
      });
      const type = "application/vnd.pypi.simple.v1+json";
      answers.set(`/simple/${project}/`, json(page, type));
    },
    answer(path, answer) {
      if (answer) overrides.set(path, answer);
      else overrides.delete(path);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** With an ETag, as registries answer. */
export function json(value: unknown, contentType = "application/json"): Answer {
  const text = JSON.stringify(value);
  const etag = `"${createHash("sha1").update(text).digest("hex")}"`;
  return (request, response) => {
    if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
    else response.writeHead(200, { "content-type": contentType, etag }).end(text);
  };
}

export function bytes(content: Buffer): Answer {
  return (_request, response) => response.writeHead(200, { "content-length": content.length }).end(content);
}

/** What `npm pack` makes of these files. */
export async function npmTarball(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name: `package/${name}` }, text);
  tar.finalize();
  return buffer(tar.pipe(createGzip()));
}
