import { mockApiKey } from "../../shared/domain/mock-api-key.ts";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { basePath } from "../../shared/mock-api/compile/compile-mock-api.ts";
import type { CompiledOperation, KeyPlace } from "../../shared/mock-api/compile/compiled-api.ts";
import { INSIDE } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import { CommandTimeoutError } from "../engine/engine.ts";
import type { Verdict } from "./check-progress.ts";

type Probing = Pick<WorkerContext, "engine" | "config">;

const PATIENCE_MS = 90_000;
const OUTPUT_BYTES = 16 * 1024;
/** Opens every file, and so meets permissions and mounts; what is in them was looked at when they were imported. */
const READ_FILES = `cd "$1" && find . -type f -exec head -c 1 {} + >/dev/null && find . -type f | wc -l`;
/**
 * By way of the forwarder that a candidate's program uses; every image has it. The connection stays open both ways: a
 * caller that closes its half is taken to be gone before an answer comes that takes its time.
 */
const ASK = `printf '%s' "$1" | socat -t 35 -T 35 - "TCP:$2:80,shut-none" | head -c 4096`;

/** Whether everything below a directory of the workspace can be read there. */
export async function probeFiles(
  { engine }: Probing,
  containerId: string,
  directory: string,
): Promise<{ files: number } | { failure: string }> {
  const command = ["/bin/sh", "-c", READ_FILES, "sh", directory];
  const { exitCode, output } = await engine.run(containerId, command, {
    timeoutMs: 60_000,
    outputBytes: OUTPUT_BYTES,
  });
  const text = output.toString("utf8").trim();
  if (exitCode === 0 && /^\d+$/.test(text)) return { files: Number(text) };
  return { failure: shown(text) || `reading ended with status ${exitCode}` };
}

export async function datasetVerdict(
  context: Probing,
  containerId: string,
  mountName: string,
): Promise<Verdict> {
  const path = `${INSIDE.datasets}/${mountName}`;
  const found = await probeFiles(context, containerId, path);
  if ("failure" in found)
    return {
      status: "failed",
      message: `${path} cannot be read: ${found.failure}.`,
      remedy: "Choose another version of the dataset; if none can be read, look at the worker's log.",
    };
  if (found.files === 0)
    return {
      status: "failed",
      message: `${path} is empty.`,
      remedy: "Choose a version that has files for candidates.",
    };
  return { status: "passed", message: `${found.files} files can be read at ${path}.` };
}

/** Asks an API from inside the workspace as a candidate's program would. Its weather may answer in its stead. */
export async function mockApiVerdict(
  context: Probing,
  containerId: string,
  api: {
    attemptId: string;
    hostname: string;
    document: Record<string, unknown>;
    operation: CompiledOperation | null;
  },
): Promise<Verdict> {
  const request = requestOf(context, api);
  // Weather drops connections and lets callers wait, but not more often in a row than this.
  let last = "nothing came back";
  const started = performance.now();
  for (let attempt = 0; attempt <= 10 && performance.now() - started < PATIENCE_MS; attempt++) {
    const answer = await ask(context, containerId, request.text, api.hostname);
    if (answer === null) continue;
    last = `it answered ${answer.status}`;
    const isPlatform = /urn:worksample:problem:(unknown_internal_host|unavailable|internal_error)/.test(
      answer.text,
    );
    if (!isPlatform && answer.status < 500)
      return { status: "passed", message: `${request.shown} was answered with ${answer.status}.` };
  }
  return {
    status: "failed",
    message: `${request.shown} was not answered in the workspace: ${last}.`,
    remedy: "Try the API in its console; if it works there, look at the gateway's log.",
  };
}

function requestOf(
  { config }: Probing,
  { attemptId, hostname, document, operation }: Parameters<typeof mockApiVerdict>[2],
): { text: string; shown: string } {
  const path = operation ? `${basePath(document)}${operation.template}` : "/";
  const key = mockApiKey(new TokenSealer(config.secret), attemptId, hostname);
  const places = operation?.security[0] ?? [];
  const pairs = places.flatMap((place) =>
    place.in === "query" ? [`${encodeURIComponent(place.name)}=${key}`] : [],
  );
  const target = pairs.length > 0 ? `${path}?${pairs.join("&")}` : path;
  const header = places.flatMap((place) => headerFor(place, key));
  const lines = [
    `GET ${encodeURI(target)} HTTP/1.0`,
    `Host: ${hostname}`,
    "Accept: application/json",
    ...header,
  ];
  return {
    text: `${lines.join("\r\n")}\r\n\r\n`,
    shown: `GET http://${hostname}${path}`,
  };
}

async function ask(
  { engine }: Probing,
  containerId: string,
  text: string,
  hostname: string,
): Promise<{ status: number; text: string } | null> {
  try {
    const { output } = await engine.run(containerId, ["/bin/sh", "-c", ASK, "sh", text, hostname], {
      timeoutMs: 45_000,
      outputBytes: OUTPUT_BYTES,
    });
    const answer = output.toString("latin1");
    const status = /^HTTP\/1\.[01] (\d{3}) /.exec(answer)?.[1];
    return status === undefined ? null : { status: Number(status), text: answer };
  } catch (error) {
    if (error instanceof CommandTimeoutError) return null;
    throw error;
  }
}

/** What a container printed, for people. */
function shown(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").slice(0, 200);
}

function headerFor(place: KeyPlace, key: string): string[] {
  switch (place.in) {
    case "bearer":
      return [`Authorization: Bearer ${key}`];
    case "basic":
      return [`Authorization: Basic ${Buffer.from(`:${key}`).toString("base64")}`];
    case "header":
      return [`${place.name}: ${key}`];
    case "cookie":
      return [`Cookie: ${place.name}=${key}`];
    case "query":
      return [];
  }
}
