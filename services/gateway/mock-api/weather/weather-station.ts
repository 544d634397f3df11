import {
  FAIR_START,
  type Forecast,
  type OperationWeather,
  type WeatherDecision,
} from "../../../shared/domain/weather.ts";

/** Seconds since the attempt started. */
export type ElapsedSec = () => number;

export interface WeatherStationParts {
  forecast: Forecast;
  /** Operation id -> how far its weather had come before. */
  known: ReadonlyMap<string, OperationWeather>;
  elapsedSec: ElapsedSec;
  /** Told after each decision. */
  keep(operationId: string, state: OperationWeather): void;
}

/** Counts the requests to each operation of one mock API of one attempt, and says what each of them meets. */
export class WeatherStation {
  readonly #parts: WeatherStationParts;
  readonly #states: Map<string, OperationWeather>;

  constructor(parts: WeatherStationParts) {
    this.#parts = parts;
    this.#states = new Map(parts.known);
  }

  /** Null in calm weather. */
  next(operationId: string): WeatherDecision | null {
    const { forecast, elapsedSec, keep } = this.#parts;
    if (forecast.isCalm) return null;
    const before = this.#states.get(operationId) ?? FAIR_START;
    const decision = forecast.next(operationId, before, forecast.usesTime ? elapsedSec() : 0);
    this.#states.set(operationId, decision.next);
    keep(operationId, decision.next);
    return decision;
  }
}
