import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ModelLine, ServedModel } from "../../shared/contracts/models.ts";
import { costBound } from "../../shared/domain/model-cost.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { readAll } from "../http/read-all.ts";
import { ModelCall } from "./call/model-call.ts";
import { TranscriptRecorder } from "./call/transcript-recorder.ts";
import type { Balance, OpenCall, Reservation } from "./ledger/ledger.ts";
import { refusalOf } from "./ledger/refuse-reservation.ts";
import { Settlements } from "./ledger/settlements.ts";
import { describeModel, findModel, type Line, takeTurn } from "./line.ts";
import { ModelError, presentAsOpenAi, sendModelError } from "./model-error.ts";
import type { ModelParts } from "./model-parts.ts";
import type { Replay } from "./replay/replay.ts";
import { aliasOf, type Fields, type ModelRequest, parseRequest, readRequest } from "./request/read-call.ts";
import { type Endpoint, matchModelRoute } from "./route.ts";

/** `models.internal` of one attempt. */
export class ModelsService implements EgressService {
  readonly present = presentAsOpenAi;
  readonly #parts: ModelParts;
  readonly #attempt: AttemptContext;
  readonly #lines: ReadonlyMap<ModelLine, Line>;
  readonly #replay: Replay | null;
  readonly #settlements: Settlements;
  /** What is written down beside. */
  readonly #writing = new Set<Promise<void>>();
  #refusals = 0;

  /** @param replay of a run: what was answered before is not asked again */
  constructor(
    parts: ModelParts,
    attempt: AttemptContext,
    lines: readonly Line[],
    replay: Replay | null = null,
  ) {
    this.#parts = parts;
    this.#attempt = attempt;
    this.#replay = replay;
    this.#lines = new Map(lines.map((line) => [line.name, line]));
    const { ledger, log, underWay } = parts;
    this.#settlements = new Settlements({ ledger, attempt, log, onSettled: (id) => underWay.delete(id) });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      sendModelError(response, error);
    }
  }

  /** Waits until all that ended is written down. */
  async close(): Promise<void> {
    while (this.#settlements.pending || this.#writing.size > 0)
      await Promise.all([this.#settlements.flush(), ...this.#writing]);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = matchModelRoute(request.method ?? "GET", request.url ?? "/");
    const line = this.#lineOf(route.line);
    if (route.kind === "list")
      return sendJson(response, { object: "list", data: line.models.map(describeModel) });
    if (route.kind === "model") return sendJson(response, describeModel(findModel(line, route.alias)));
    return this.#call(line, route.endpoint, request, response);
  }

  #lineOf(name: ModelLine): Line {
    const line = this.#lines.get(name);
    if (line) return line;
    if (name === "assistant")
      throw new ModelError(
        "assistant_not_offered",
        this.#replay ? "A run has no coding assistant." : "This assessment has no coding assistant.",
      );
    throw new ModelError("models_not_offered", "This assessment has no models for your own programs.");
  }

  async #call(
    line: Line,
    endpoint: Endpoint,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    requireJson(request);
    const bytes = await readAll(request);
    const parsed = parseRequest(bytes);
    let understood: ModelRequest | null = null;
    try {
      const model = findModel(line, aliasOf(parsed.body));
      understood = readRequest(endpoint, parsed, model, line.limits);
      if (await this.#replay?.answer(understood, response)) return;
      await this.#perform(line, model, understood, response);
    } catch (error) {
      if (error instanceof ModelError)
        this.#keepRefusal(line, endpoint, { ...parsed, sha256: understood?.sha256 ?? null }, error);
      throw error;
    }
  }

  /** Counts the call as under way from here on until its end is written down. */
  async #perform(
    line: Line,
    model: ServedModel,
    request: ModelRequest,
    response: ServerResponse,
  ): Promise<void> {
    takeTurn(line);
    const call = openCall(line, model, request);
    const { underWay } = this.#parts;
    line.underWay += 1;
    underWay.add(call.id);
    try {
      const { isSure, reservation } = line.sure.reserve(call.reserved, () => this.#reserve(call));
      const reserving = this.#requireReserved(reservation, call, request);
      const modelCall = new ModelCall({ parts: this.#parts, model, request, call, response });
      this.#settlements.add({ call, end: await modelCall.run(reserving, isSure) });
    } catch (error) {
      underWay.delete(call.id);
      throw error;
    } finally {
      line.underWay -= 1;
    }
  }

  /** @throws ModelError insufficient_quota, reservation_too_large, workspace_closed, unavailable */
  async #requireReserved(
    reserving: Promise<Reservation>,
    call: OpenCall,
    request: ModelRequest,
  ): Promise<Balance> {
    const reservation = await reserving.catch((error: unknown) => {
      this.#parts.log.error({ err: error }, "nothing can be reserved for calls of models");
      throw new ModelError("unavailable", "The budget cannot be read at the moment. Try again.");
    });
    if (reservation.state === "reserved") return reservation.balance;
    throw refusalOf(reservation, call, request);
  }

  async #reserve(call: OpenCall): Promise<Reservation> {
    const reservation = await this.#parts.ledger.reserve(this.#attempt, call);
    if (reservation.state !== "exceeded" || !this.#settlements.pending) return reservation;
    // What has ended gives back what it did not cost; only then it is known what is left.
    await this.#settlements.flush();
    return this.#parts.ledger.reserve(this.#attempt, call);
  }

  /** For the reviewer, who sees what was tried. Nobody waits for it. */
  #keepRefusal(line: Line, endpoint: Endpoint, { body, text, sha256 }: ReadBody, error: ModelError): void {
    if (this.#refusals >= this.#parts.limits.refusalsKept) return;
    this.#refusals += 1;
    const { box, limits, ledger } = this.#parts;
    const id = randomUUID();
    const recorder = new TranscriptRecorder(box, id, text, limits.transcriptChars);
    recorder.add(JSON.stringify(error.body));
    this.#inBackground(
      ledger.recordRefusal(this.#attempt, {
        id,
        line: line.name,
        endpoint,
        alias: String(body.model ?? "")
          .replaceAll("\0", "")
          .slice(0, 100),
        stream: body.stream === true,
        status: error.status,
        errorCode: error.code,
        transcript: recorder.seal(),
        requestSha256: sha256,
      }),
    );
  }

  #inBackground(work: Promise<void>): void {
    const writing = work
      .catch((error: unknown) =>
        this.#parts.log.warn({ err: error }, "a call of a model could not be written down"),
      )
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }
}

function openCall(line: Line, { targets }: ServedModel, request: ModelRequest): OpenCall {
  const { endpoint, alias, stream, bound, sha256: requestSha256 } = request;
  const prices = targets.map(({ price }) => price);
  const reserved = { nanoUsd: costBound(bound, prices), tokens: bound.input + bound.output };
  return { id: randomUUID(), line: line.name, endpoint, alias, stream, reserved, requestSha256 };
}

interface ReadBody {
  text: string;
  body: Fields;
  sha256: string | null;
}

function requireJson(request: IncomingMessage): void {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (type.trim().toLowerCase() === "application/json" && encoding === "identity") return;
  throw new ModelError("unsupported_media_type", "Send the body as application/json, not compressed.");
}

function sendJson(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
