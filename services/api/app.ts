import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import { type FastifyBaseLogger, fastify, LogController } from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { sql } from "kysely";
import { Registry } from "prom-client";
import type { Config } from "../shared/config/config.ts";
import { TokenSealer } from "../shared/domain/sealed-token.ts";
import { SecretBox } from "../shared/domain/secret-box.ts";
import { registerAttemptRoutes } from "./admin/attempt-routes.ts";
import { registerAuditRoutes } from "./admin/audit-routes.ts";
import { readBoard } from "./admin/board.ts";
import { registerEmailRoutes, registerRequestRoutes } from "./admin/correspondence-routes.ts";
import { registerInvitationActions, registerInvitationRoutes } from "./admin/invitation-routes.ts";
import { registerTreatmentRoutes } from "./admin/model-treatment/routes.ts";
import { registerBoardRoutes, registerStaffAdministration } from "./admin/routes.ts";
import { registerTokenRoutes } from "./admin/token-routes.ts";
import { registerTraceRoutes } from "./admin/trace-routes.ts";
import { registerAssessmentRoutes } from "./assessments/assessment-routes.ts";
import { registerDraftRoutes } from "./assessments/draft-routes.ts";
import { registerTransferRoutes } from "./assessments/transfer-routes.ts";
import { registerReceiptRoutes, registerTaskRoutes, registerWorkRoutes } from "./candidate/attempt-routes.ts";
import { readCandidateView } from "./candidate/candidate-view.ts";
import { registerRequestsOfCandidates } from "./candidate/request-routes.ts";
import { registerLobbyRoutes } from "./candidate/routes.ts";
import type { ApiContext, ApiDependencies, App } from "./context.ts";
import { registerDatasetRoutes } from "./datasets/dataset-routes.ts";
import { registerOpenapi } from "./integrations/openapi.ts";
import { LivePages } from "./live/live-pages.ts";
import { StudioPages } from "./live/studio-pages.ts";
import { registerMockApiDraftActions, registerMockApiDraftRoutes } from "./mock-apis/draft-routes.ts";
import { registerMockApiRoutes, registerMockApiVersionRoutes } from "./mock-apis/mock-api-routes.ts";
import { registerMockApiRequestRoutes, registerMockApiScratchRoutes } from "./mock-apis/scratch-routes.ts";
import { registerModelRoutes, registerUpstreamRoutes } from "./models/model-routes.ts";
import { registerAccess } from "./plugins/access.ts";
import { answerConnectionError } from "./plugins/connection-errors.ts";
import { registerCrossSiteProtection } from "./plugins/cross-site.ts";
import { answerError, registerErrorHandler } from "./plugins/errors.ts";
import { registerHealthRoutes, registerMetrics } from "./plugins/operations.ts";
import { registerPages } from "./plugins/pages.ts";
import { DEFAULT_LIMITS, registerRateLimit } from "./plugins/rate-limit.ts";
import { registerRequestLog } from "./plugins/request-log.ts";
import { registerRequestTimeout } from "./plugins/request-timeout.ts";
import { registerSecurityHeaders } from "./plugins/security-headers.ts";
import { registerTextSafety } from "./plugins/text-safety.ts";
import { registerUnknownAddress } from "./plugins/unknown-address.ts";
import { TreeReader } from "./records/tree-reader.ts";
import { registerCallRoutes } from "./review/model-calls/routes.ts";
import { registerReadingRoutes, registerReviewRoutes } from "./review/routes.ts";
import { registerRunRoutes } from "./review/run-routes.ts";
import { createStaffAuthentication } from "./staff/authentication.ts";
import { registerStaffRoutes } from "./staff/routes.ts";
import { registerUploadRoutes } from "./uploads/upload-routes.ts";

const BODY_LIMIT_BYTES = 1024 * 1024;
const HEADERS_TIMEOUT_MS = 30_000;

/**
 * The api, ready to `inject` or `listen`. Closing it ends live streams and the listening connection; what was
 * passed in stays open. Plugins are in the order in which a request meets them.
 */
export async function buildApp(config: Config, dependencies: ApiDependencies): Promise<App> {
  const { log, redis, database } = dependencies;
  const limits = { ...DEFAULT_LIMITS, ...dependencies.limits };
  const app = createServer(config, dependencies);
  if (dependencies.onRoute) app.addHook("onRoute", dependencies.onRoute);
  const context = createContext(config, dependencies);
  await context.live.open();
  app.addHook("preClose", () => context.live.close());
  await context.studio.open();
  app.addHook("preClose", () => context.studio.close());

  registerErrorHandler(app);
  registerRequestTimeout(app);
  registerRequestLog(app);
  const answerUnknown = registerUnknownAddress(app);
  await registerSecurityHeaders(app, config);
  await registerRateLimit(app, redis, limits);
  await app.register(cookie);
  registerCrossSiteProtection(app, config.publicUrl);
  registerAccess(app, context);
  registerTextSafety(app);
  await registerOpenapi(app, config);

  registerMetrics(app, dependencies.registry ?? new Registry(), [context.live, context.studio]);
  registerHealthRoutes(app, {
    postgres: () => sql`select 1`.execute(database.db),
    valkey: () => redis.ping(),
  });
  registerStaffRoutes(app, context, limits);
  registerLobbyRoutes(app, context, limits);
  registerRequestsOfCandidates(app, context);
  registerTaskRoutes(app, context);
  registerWorkRoutes(app, context);
  registerReceiptRoutes(app, context);
  registerReadingRoutes(app, context);
  registerReviewRoutes(app, context);
  registerCallRoutes(app, context);
  registerRunRoutes(app, context);
  registerBoardRoutes(app, context);
  registerInvitationRoutes(app, context);
  registerInvitationActions(app, context);
  registerAttemptRoutes(app, context);
  registerTreatmentRoutes(app, context);
  registerRequestRoutes(app, context);
  registerEmailRoutes(app, context);
  registerStaffAdministration(app, context);
  registerTokenRoutes(app, context);
  registerAuditRoutes(app, context);
  registerTraceRoutes(app, context);
  await registerUploadRoutes(app, context);
  registerAssessmentRoutes(app, context);
  registerDraftRoutes(app, context);
  registerMockApiRoutes(app, context);
  registerMockApiVersionRoutes(app, context);
  registerMockApiDraftRoutes(app, context);
  registerMockApiDraftActions(app, context);
  registerMockApiScratchRoutes(app, context);
  registerMockApiRequestRoutes(app, context);
  registerDatasetRoutes(app, context);
  registerUpstreamRoutes(app, context);
  registerModelRoutes(app, context);
  registerTransferRoutes(app, context);
  await registerPages(app, config, answerUnknown);
  await app.ready();
  log.debug("the api is built");
  return app;
}

function createServer(config: Config, { log }: ApiDependencies): App {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // An id from outside could be anything; ours are in the log and in every answer.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: BODY_LIMIT_BYTES,
    // Bodies have a limit by route, see request-timeout.ts; uploads take as long as they take.
    requestTimeout: 0,
    clientErrorHandler: answerConnectionError,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.server.headersTimeout = HEADERS_TIMEOUT_MS;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // A form of another site can send text/plain without asking first; nothing here needs it.
  app.removeContentTypeParser("text/plain");
  return app;
}

function createContext(config: Config, dependencies: ApiDependencies): ApiContext {
  const { database, blobs, log, outbound = { proxyUrl: config.outboundProxy } } = dependencies;
  const { db } = database;
  const sealer = new TokenSealer(config.secret);
  const live = new LivePages({
    databaseUrl: config.databaseUrl,
    loadCandidate: (invitationId) => readCandidateView(db, invitationId),
    loadBoard: (query) => readBoard(db, { config, sealer }, query),
    log,
  });
  const staff = createStaffAuthentication(config, db);
  const studio = new StudioPages(config.databaseUrl, log);
  const secrets = new SecretBox(config.secret);
  const trees = new TreeReader(blobs);
  return { config, db, blobs, sealer, secrets, outbound, staff, live, studio, log, trees };
}
