import type { IncomingMessage } from "node:http";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import type { CompiledApi, CompiledOperation } from "../../shared/mock-api/compile/compiled-api.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";
import { operate } from "./operate/operate.ts";
import { authenticate } from "./request/authenticate.ts";
import type { Match, Route } from "./request/match-route.ts";
import { negotiate } from "./request/negotiate.ts";
import { readBody } from "./request/read-body.ts";
import { type Parameters, parseQuery, readParameters } from "./request/read-parameters.ts";
import { answerFromDocument, type Question } from "./respond/answer-from-document.ts";
import { callbacksOf } from "./respond/callbacks.ts";
import { isPreference, type Preference, readPreference } from "./respond/prefer.ts";
import type { AttemptState } from "./state/attempt-state.ts";

export interface PerformParts {
  api: CompiledApi;
  /** Digest of the key that lets requests in where the document asks for one. */
  keyDigest: Buffer;
  sealer: TokenSealer;
  /** Of what is made up: the same for all candidates of one assessment. */
  seed: string;
  /** Lends the state for the time of the action. */
  withState<T>(action: (state: AttemptState) => Promise<T> | T): Promise<T>;
}

/** A request whose every part is as documented. */
interface Understood {
  request: IncomingMessage;
  operation: CompiledOperation;
  parameters: Parameters;
  body: unknown;
  preference: Preference;
}

/** An outcome, and the operation it is of unless only methods were asked for. */
export interface Performed {
  outcome: Outcome;
  operation: CompiledOperation | null;
}

const ANY_JSON = ["application/json"];

/** Lets in, understands and answers. @throws ApiProblem, AttemptClosedError, QuotaExceededError */
export async function perform(
  request: IncomingMessage,
  route: Route,
  parts: PerformParts,
): Promise<Performed> {
  if (route instanceof ApiProblem) throw route;
  if ("allow" in route) return { outcome: { status: 204, headers: { allow: route.allow } }, operation: null };
  const understood = await understand(request, route, parts);
  const outcome = await answer(understood, parts);
  const { operation, parameters, body } = understood;
  if (operation.callbacks.length > 0 && outcome.status < 300)
    outcome.callbacks = callbacksOf(operation, {
      request,
      parameters,
      body,
      status: outcome.status,
      answer: outcome.body,
    });
  return { outcome, operation };
}

async function understand(
  request: IncomingMessage,
  match: Match,
  { keyDigest }: PerformParts,
): Promise<Understood> {
  const { operation } = match;
  const query = parseQuery(match.query);
  authenticate(request, query, operation, keyDigest);
  const preference = readPreference(request, query);
  if (preference.code === null) negotiate(request.headers.accept, operation.successTypes);
  const { parameters, violations } = readParameters(match, query, request);
  const read = await readBody(request, operation.body);
  const all = read.violations.length === 0 ? violations : [...violations, ...read.violations];
  if (all.length > 0) throw ApiProblem.invalid(all);
  return { request, operation, parameters, body: read.body, preference };
}

async function answer(understood: Understood, parts: PerformParts): Promise<Outcome> {
  const { request, operation, preference } = understood;
  const { binding } = operation;
  const question = (): Question => ({
    api: parts.api,
    operation,
    accept: request.headers.accept,
    preference,
    seed: `${parts.seed} ${operation.operationId} ${request.url} ${JSON.stringify(understood.body) ?? ""}`,
  });
  if (!binding || isPreference(preference)) return answerFromDocument(question());
  const outcome =
    binding.kind === "constant"
      ? { status: operation.successStatus, body: binding.body }
      : await parts.withState((state) => operate(exchangeOf(understood, state, parts), binding));
  if (outcome.status !== operation.successStatus) return outcome;
  if (!operation.successBody) return { ...outcome, body: undefined };
  if (outcome.body === undefined) return { ...answerFromDocument(question()), ...definedHeaders(outcome) };
  return { ...outcome, type: negotiate(request.headers.accept, operation.successTypes) ?? ANY_JSON[0]! };
}

const definedHeaders = ({ headers }: Outcome) => (headers ? { headers } : {});

function exchangeOf(
  { request, operation, parameters, body }: Understood,
  state: AttemptState,
  parts: PerformParts,
) {
  return {
    api: parts.api,
    operation,
    state,
    sealer: parts.sealer,
    parameters,
    body,
    now: new Date().toISOString(),
    origin: `http://${request.headers.host ?? "localhost"}`,
    target: request.url ?? "/",
  };
}
