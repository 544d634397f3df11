import type { IncomingMessage, ServerResponse } from "node:http";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import type { AttemptPackages } from "../attempt-packages.ts";
import type { MetadataKind } from "../digest/document.ts";
import { sendDocument, sendJson } from "../send-document.ts";
import type { MetadataSource } from "../store/metadata-store.ts";
import type { Registry } from "../upstream/upstream-client.ts";
import { type NpmRequest, readNpmRequest } from "./npm-request.ts";

const ABBREVIATED = "application/vnd.npm.install-v1+json";
const NO_ADVISORIES = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 };

/** `/npm/…` of one attempt. */
export async function serveNpm(
  mirror: AttemptPackages,
  parts: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = readNpmRequest(parts);
  if (!asked) throw new PlatformError("package_not_found", "This is no address of an npm registry.");
  allowMethods(asked, request, response);
  switch (asked.kind) {
    // Nothing is known against anything here: an installation must not fail because nobody answers.
    case "audit-advisories":
      return sendJson(response, {});
    case "audit-report":
      return sendJson(response, {
        actions: [],
        advisories: {},
        muted: [],
        metadata: {
          vulnerabilities: NO_ADVISORIES,
          dependencies: 0,
          devDependencies: 0,
          optionalDependencies: 0,
          totalDependencies: 0,
        },
      });
    case "search":
      return sendJson(response, { objects: [], total: 0, time: new Date(0).toUTCString() });
    case "ping":
      return sendJson(response, {});
  }
  mirror.judge("npm", asked.name);
  const registry = mirror.registries.npm;
  if (asked.kind === "tarball") return serveTarball(mirror, registry, asked, request, response);
  const accept = asked.kind === "packument" && prefersAbbreviated(request) ? ABBREVIATED : "application/json";
  const entry = await mirror.openMetadata(
    asked.kind === "manifest"
      ? sourceOf(registry, "manifest", asked.name, accept, `/${encodeURIComponent(asked.selector)}`)
      : sourceOf(registry, "packument", asked.name, asked.kind === "dist-tags" ? ABBREVIATED : accept),
  );
  try {
    await sendDocument(request, response, entry, asked.kind === "dist-tags" ? "dist-tags" : "document");
  } finally {
    await entry.close();
  }
}

async function serveTarball(
  mirror: AttemptPackages,
  registry: Registry,
  { name, file }: Extract<NpmRequest, { kind: "tarball" }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await mirror.findFile(sourceOf(registry, "packument", name, ABBREVIATED), file);
  if (!found) throw new PlatformError("package_not_found", `${name} has no file ${file}.`);
  await mirror.sendFile({ ...found, ecosystem: "npm", name }, registry, request, response);
}

function sourceOf(
  registry: Registry,
  kind: MetadataKind,
  name: string,
  accept: string,
  rest = "",
): MetadataSource {
  // As npm writes it: one component, with the scope's slash encoded.
  const path = name.replace("/", "%2f");
  return { subject: { kind, name, url: `${registry.url}/${path}${rest}` }, accept, registry };
}

function prefersAbbreviated({ headers }: IncomingMessage): boolean {
  return (headers.accept ?? "").includes(ABBREVIATED);
}

function allowMethods(asked: NpmRequest, request: IncomingMessage, response: ServerResponse): void {
  const isAudit = asked.kind === "audit-advisories" || asked.kind === "audit-report";
  const methods = isAudit ? ["POST"] : ["GET", "HEAD"];
  if (methods.includes(request.method ?? "")) return;
  response.setHeader("allow", methods.join(", "));
  throw new PlatformError("method_not_allowed", "Packages can be installed from here and not published.");
}
