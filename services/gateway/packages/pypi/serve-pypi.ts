import type { IncomingMessage, ServerResponse } from "node:http";
import Negotiator from "negotiator";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import { canonicalPackageName, isPackageName } from "../../../shared/domain/package-rules.ts";
import type { AttemptPackages } from "../attempt-packages.ts";
import { sendDocument } from "../send-document.ts";
import type { MetadataSource } from "../store/metadata-store.ts";
import type { Registry } from "../upstream/upstream-client.ts";
import { PYPI_FILE } from "./pypi-names.ts";

const JSON_PAGE = "application/vnd.pypi.simple.v1+json";
const HTML_PAGE = "application/vnd.pypi.simple.v1+html";
/** Where several are as welcome, the first. */
const PAGES: Record<string, "json" | "html"> = {
  "text/html": "html",
  [JSON_PAGE]: "json",
  [HTML_PAGE]: "html",
  "application/vnd.pypi.simple.latest+json": "json",
  "application/vnd.pypi.simple.latest+html": "html",
};
const ACCEPT = `${JSON_PAGE}, ${HTML_PAGE};q=0.2, text/html;q=0.1`;
const METADATA_SUFFIX = ".metadata";

/** `/pypi/…` of one attempt. */
export async function servePypi(
  mirror: AttemptPackages,
  parts: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    throw new PlatformError("method_not_allowed", "Packages can be installed from here and not published.");
  }
  const [area, project = "", file, ...rest] = parts;
  const isKnown = (area === "simple" || area === "files") && rest.length === 0;
  if (!isKnown || !isPackageName("pypi", project))
    throw new PlatformError("package_not_found", "This is no address of a Python package index.");
  const name = canonicalPackageName("pypi", project);
  mirror.judge("pypi", name);
  const source = sourceOf(mirror.registries.pypi, name);
  if (area === "files") return serveFile(mirror, source, name, file ?? "", request, response);
  if (file === undefined || file !== "") return redirectToPage(response, name, file);
  await servePage(mirror, source, request, response);
}

async function servePage(
  mirror: AttemptPackages,
  source: MetadataSource,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const accepted = new Negotiator(request).mediaType(Object.keys(PAGES)) ?? "text/html";
  const part = PAGES[accepted]!;
  const isPlain = accepted === "text/html";
  const entry = await mirror.openMetadata(source);
  try {
    await sendDocument(request, response, entry, part, isPlain ? "text/html; charset=utf-8" : undefined);
  } finally {
    await entry.close();
  }
}

async function serveFile(
  mirror: AttemptPackages,
  source: MetadataSource,
  name: string,
  asked: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isMetadata = asked.endsWith(METADATA_SUFFIX);
  const file = isMetadata ? asked.slice(0, -METADATA_SUFFIX.length) : asked;
  const found = PYPI_FILE.test(file) ? await mirror.findFile(source, file) : null;
  if (!found || (isMetadata && found.metadataIntegrity === null))
    throw new PlatformError("package_not_found", `${name} has no such file.`);
  const packageFile = { ...found, ecosystem: "pypi" as const, name };
  if (!isMetadata) return mirror.sendFile(packageFile, source.registry, request, response);
  const { pathname } = new URL(found.url);
  const url = Object.assign(new URL(found.url), { pathname: `${pathname}${METADATA_SUFFIX}` }).href;
  const metadata = { ...packageFile, file: asked, url, integrity: found.metadataIntegrity, bytes: null };
  await mirror.sendWheelMetadata(metadata, source.registry, request, response);
}

function sourceOf(registry: Registry, name: string): MetadataSource {
  return { subject: { kind: "project", name, url: `${registry.url}/${name}/` }, accept: ACCEPT, registry };
}

/** As PEP 503 wants it. */
function redirectToPage(response: ServerResponse, name: string, file: string | undefined): void {
  if (file !== undefined)
    throw new PlatformError("package_not_found", "This is no address of a Python package index.");
  response.writeHead(301, { location: `/pypi/simple/${name}/`, "content-length": 0 }).end();
}
