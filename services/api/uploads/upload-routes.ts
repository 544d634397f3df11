import type { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Id } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { MAX_UPLOAD_BYTES, UPLOADS_PATH, UploadView } from "../../shared/contracts/upload.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import type { UploadRow } from "../records/upload.ts";
import { readUploadMetadata } from "./upload-metadata.ts";
import { Uploads } from "./uploads.ts";

const VERSION = "1.0.0";
const BYTES = "application/offset+octet-stream";
const tags = ["uploads"];
const access = admins("admin:write");
const params = z.object({ uploadId: Id });

/** tus 1.0 with creation, creation-with-upload and termination; failures are problem documents. */
export async function registerUploadRoutes(app: App, context: ApiContext): Promise<void> {
  const uploads = new Uploads(context);
  await app.register(async (scope: App) => {
    // Nobody reads the body but the route.
    scope.addContentTypeParser(BYTES, (_request, body, done) => done(null, body));
    scope.addHook("onRequest", async (request, reply) => {
      reply.header("tus-resumable", VERSION).header("cache-control", "no-store");
      const version = request.headers["tus-resumable"];
      // Absent is fine: `curl` needs no more than a length and a name.
      if (version !== undefined && version !== VERSION && request.method !== "OPTIONS") {
        reply.header("tus-version", VERSION);
        throw new PlatformError("tus_version");
      }
    });
    registerDiscovery(scope);
    registerReceiving(scope, uploads);
    registerLooking(scope, uploads);
  });
}

function registerDiscovery(scope: App): void {
  scope.options(
    UPLOADS_PATH,
    {
      config: { access: admins("admin:read") },
      schema: { tags, operationId: "describeUploads", summary: "What of tus is spoken here" },
    },
    (_request, reply) =>
      reply
        .code(204)
        .header("tus-version", VERSION)
        .header("tus-extension", "creation,creation-with-upload,termination")
        .header("tus-max-size", MAX_UPLOAD_BYTES)
        .send(),
  );
}

function registerReceiving(scope: App, uploads: Uploads): void {
  scope.post(
    UPLOADS_PATH,
    {
      config: { access, audit: "upload.create", slowBody: true },
      schema: {
        tags,
        operationId: "createUpload",
        summary: "Announce a file, with or without its first bytes",
        description:
          "Headers: Upload-Length in bytes; Upload-Metadata with filename and purpose (dataset, mock_api, starter, " +
          `assessment) in base64. A body of type ${BYTES} holds the first bytes, or all of them.`,
        response: { 201: UploadView },
      },
    },
    async (request, reply) => {
      const actor = auditActorOf(request);
      const bytes = readCount(request, "upload-length");
      const created = await uploads.create({ bytes, ...readUploadMetadata(metadataOf(request)) }, actor);
      reply.header("location", `${UPLOADS_PATH}/${created.id}`);
      const upload =
        bodyOf(request) || bytes === 0
          ? await uploads.append(created.id, 0, bodyOf(request) ?? emptyBody(request), actor)
          : created;
      return reply.code(201).header("upload-offset", upload.received).send(presentUpload(upload));
    },
  );

  scope.patch(
    `${UPLOADS_PATH}/:uploadId`,
    {
      // The row of the audit log is written when the upload is complete.
      config: { access, audit: "upload.complete", slowBody: true },
      schema: {
        tags,
        operationId: "appendToUpload",
        summary: "Add bytes at Upload-Offset",
        params,
      },
    },
    async (request, reply) => {
      const body = bodyOf(request);
      if (!body) throw new PlatformError("unsupported_media_type", `Send ${BYTES}.`);
      const offset = readCount(request, "upload-offset");
      const upload = await uploads.append(request.params.uploadId, offset, body, auditActorOf(request));
      return reply.code(204).header("upload-offset", upload.received).send();
    },
  );

  scope.delete(
    `${UPLOADS_PATH}/:uploadId`,
    {
      config: { access, audit: "upload.cancel" },
      schema: { tags, operationId: "cancelUpload", summary: "Cancel an upload", params },
    },
    async (request, reply) => {
      await uploads.cancel(request.params.uploadId, auditActorOf(request));
      return reply.code(204).send();
    },
  );
}

function registerLooking(scope: App, uploads: Uploads): void {
  scope.head(
    `${UPLOADS_PATH}/:uploadId`,
    {
      config: { access },
      schema: { tags, operationId: "readUploadOffset", summary: "How far an upload is", params },
    },
    async (request, reply) => {
      // What is complete but not stored yet is stored first: to the client, a full offset means it is done.
      const upload = await uploads.ensureStored(request.params.uploadId, auditActorOf(request));
      if (upload.state === "cancelled" || upload.state === "failed")
        throw new PlatformError("upload_expired");
      return withOffset(reply, upload).code(200).send();
    },
  );

  scope.get(
    `${UPLOADS_PATH}/:uploadId`,
    {
      config: { access },
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "getUpload",
        summary: "An upload and how far it is",
        params,
        response: { 200: UploadView },
      },
    },
    async (request) => presentUpload(await uploads.find(request.params.uploadId)),
  );
}

function withOffset(reply: FastifyReply, upload: UploadRow): FastifyReply {
  return reply.header("upload-offset", upload.received).header("upload-length", upload.bytes);
}

/** Bytes only: a body of another type was read by another parser, or refused. */
function bodyOf(request: FastifyRequest): Readable | undefined {
  return request.headers["content-type"]?.split(";", 1)[0] === BYTES ? (request.body as Readable) : undefined;
}

function emptyBody(request: FastifyRequest): Readable {
  return request.raw;
}

function metadataOf(request: FastifyRequest): string | undefined {
  return request.headers["upload-metadata"]?.toString();
}

function readCount(request: FastifyRequest, header: "upload-length" | "upload-offset"): number {
  const text = request.headers[header]?.toString() ?? "";
  if (!/^\d{1,15}$/.test(text))
    throw new PlatformError("upload_invalid", `${header} must be a number of bytes.`);
  return Number(text);
}

function presentUpload(upload: UploadRow) {
  return {
    id: upload.id,
    purpose: upload.purpose as UploadView["purpose"],
    fileName: upload.file_name,
    bytes: upload.bytes,
    received: upload.received,
    state: upload.state as UploadView["state"],
    failure: upload.failure,
    createdAt: upload.created_at.toISOString(),
  };
}
