import type { IncomingMessage, ServerResponse } from "node:http";
import type { LoggedWeather } from "../../shared/contracts/mock-api-log.ts";
import type { Weather } from "../../shared/contracts/weather.ts";
import type { Strike, WeatherDecision } from "../../shared/domain/weather.ts";
import type { CompiledApi } from "../../shared/mock-api/compile/compiled-api.ts";
import type { EgressService } from "../egress/service.ts";
import type { ExchangeRecorder, Recording } from "./log/exchange-recorder.ts";
import type { MockApiService } from "./mock-api-service.ts";
import { findRoute, type Route } from "./request/match-route.ts";
import { sendAnswer, type WireAnswer } from "./send-outcome.ts";
import { carryOut } from "./weather/carry-out.ts";
import { planEffect, writesUnder } from "./weather/plan-effect.ts";
import type { WaitingRoom } from "./weather/waiting-room.ts";
import type { WeatherStation } from "./weather/weather-station.ts";

export interface ServedMockApiParts {
  api: CompiledApi;
  service: MockApiService;
  weather: Weather;
  station: WeatherStation;
  room: WaitingRoom;
  recorder: ExchangeRecorder;
  /** Called when no request will come any more. */
  release(): Promise<void> | void;
}

/** One mock API as programs reach it: with its weather around it, and every request of it logged. */
export class ServedMockApi implements EgressService {
  readonly #parts: ServedMockApiParts;

  constructor(parts: ServedMockApiParts) {
    this.#parts = parts;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { api, recorder, station, service } = this.#parts;
    const route = findRoute(api, request.method ?? "GET", request.url ?? "/");
    const operationId = "operation" in route ? route.operation.operationId : null;
    const recording = recorder.begin(request, response, operationId);
    // Asked at once, so that requests count in the order in which they come.
    const decision = operationId === null ? null : station.next(operationId);
    if (decision && (decision.strike || decision.delayMs > 0))
      return this.#serveInWeather(request, response, route, decision, recording);
    const answer = await service.answer(request, response, route);
    if (answer) send(response, answer, withBodyOf(request), recording);
  }

  close(): Promise<void> | void {
    return this.#parts.release();
  }

  async #serveInWeather(
    request: IncomingMessage,
    response: ServerResponse,
    route: Route,
    decision: WeatherDecision,
    recording: Recording,
  ): Promise<void> {
    const { service, room } = this.#parts;
    const { strike, delayMs } = decision;
    const withBody = withBodyOf(request);
    const isLost = strike !== null && writesUnder(strike.fault) === "lost";
    // A caller must be able to send the rest of what nobody reads.
    if (isLost) request.resume();
    const answer = isLost ? null : await service.answer(request, response, route);
    if (!answer && !isLost) return;
    const effect = strike && planEffect(strike, answer, withBody);
    const met = effect ? this.#describeStrike(strike) : this.#describeDelay(decision);
    if (met && delayMs > 0) met.delayMs = delayMs;
    if (met) recording.weather(met);
    if (delayMs > 0) {
      const end = await room.wait(delayMs, response);
      if (end === "gone") return;
      if (end === "full" && met) met.isShortened = true;
    }
    if (!effect) return send(response, answer!, withBody, recording);
    if ("answer" in effect && effect.answer) recording.answered(effect.answer, withBody);
    if (met && effect.do === "send" && effect.field !== undefined) met.field = effect.field;
    const isShortened = await carryOut(effect, response, withBody, room);
    if (isShortened && met) met.isShortened = true;
  }

  #describeStrike({ rule, fault }: Strike): LoggedWeather {
    const writes = "writes" in fault ? { writes: fault.writes } : {};
    return { kind: fault.kind, rule, ...this.#nameOf(rule), ...writes };
  }

  #describeDelay({ delayMs, delayRule }: WeatherDecision): LoggedWeather | null {
    return delayMs > 0 && delayRule !== null
      ? { kind: "latency", rule: delayRule, ...this.#nameOf(delayRule) }
      : null;
  }

  #nameOf(rule: number): { name?: string } {
    const name = this.#parts.weather.rules[rule]?.name;
    return name ? { name } : {};
  }
}

function send(response: ServerResponse, answer: WireAnswer, withBody: boolean, recording: Recording): void {
  recording.answered(answer, withBody);
  sendAnswer(response, answer, withBody);
}

const withBodyOf = (request: IncomingMessage) => request.method !== "HEAD";
