import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { PlatformError, type ProblemCode } from "../../shared/contracts/problem.ts";
import type { App } from "../context.ts";

/** The one place where a failure becomes an answer. */
export function registerErrorHandler(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply));
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = asPlatformError(error);
  if (known.status >= 500) request.log.error({ err: error, requestId: request.id }, "the request failed");
  else if (known.internal)
    request.log.info({ ...known.internal, code: known.code }, "the request was refused");
  return sendProblem(reply, known, request.id);
}

export function sendProblem(reply: FastifyReply, error: PlatformError, requestId: string) {
  return (
    reply
      .code(error.status)
      .type("application/problem+json")
      .header("cache-control", "no-store")
      // Set here too: an address that cannot be decoded meets no hook.
      .header("x-request-id", requestId)
      .serializer(JSON.stringify)
      .send(error.toProblem(requestId))
  );
}

function asPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return validationError(error);
  const { code, name, message } = (error ?? {}) as { code?: string; name?: string; message?: string };
  const framework = code === undefined ? undefined : FRAMEWORK_ERRORS[code];
  if (framework) return new PlatformError(framework, undefined, { cause: error });
  if (name === "SyntaxError" && (error as FastifyError).statusCode === 400)
    return new PlatformError("malformed_body", undefined, { cause: error });
  if (UNREACHABLE.test(`${code} ${name} ${message}`))
    return new PlatformError("unavailable", undefined, { cause: error });
  return new PlatformError("internal_error", undefined, { cause: error });
}

const FRAMEWORK_ERRORS: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_ERR_CTP_BODY_TOO_LARGE: "body_too_large",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "malformed_body",
  FST_ERR_CTP_EMPTY_JSON_BODY: "malformed_body",
  FST_ERR_CTP_INVALID_JSON_BODY: "malformed_body",
  FST_ERR_BAD_URL: "not_found",
  FST_ERR_MAX_PARAM_LENGTH: "uri_too_long",
};

/** Postgres or Valkey cannot be reached, or refuses new work: worth a retry, unlike a fault of ours. */
const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|^(57P0[123]|53300) |MaxRetriesPerRequestError|Connection is closed|Connection terminated|Stream isn't writeable|Command timed out|timeout exceeded when trying to connect/;

interface Invalid {
  validation: { instancePath: string; message?: string | undefined }[];
  validationContext?: string | undefined;
}

function validationError(error: Invalid): PlatformError {
  const prefix = error.validationContext === "body" ? [] : [error.validationContext ?? ""];
  const errors = error.validation.slice(0, 50).map(({ instancePath, message }) => ({
    path: [...prefix, ...instancePath.split("/").filter(Boolean)].join(".").slice(0, 200),
    message: message ?? "is not valid",
  }));
  return new PlatformError("invalid_request", undefined, { errors });
}
