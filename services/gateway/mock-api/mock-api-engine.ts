import { LocalBlobStore } from "../../shared/blobs/local-blob-store.ts";
import { Weather } from "../../shared/contracts/weather.ts";
import { mockApiKey, scratchApiKey, scratchLabel } from "../../shared/domain/mock-api-key.ts";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { Forecast, type OperationWeather } from "../../shared/domain/weather.ts";
import { compileMockApi } from "../../shared/mock-api/compile/compile-mock-api.ts";
import type { CompiledApi } from "../../shared/mock-api/compile/compiled-api.ts";
import { blobDir } from "../../shared/sandbox/layout.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { datasetFile } from "./dataset-file.ts";
import { ExchangeRecorder } from "./log/exchange-recorder.ts";
import { LOG_LIMITS, LogBudget, loggedSoFar } from "./log/log-budget.ts";
import { loadWeather } from "./log/log-rows.ts";
import { secretsOf } from "./log/redact.ts";
import { RequestLog } from "./log/request-log.ts";
import {
  type AttemptMockApiRow,
  findScratch,
  type MockApiSource,
  mockApisOfAttempt,
  type ScratchRow,
  scratchExists,
} from "./mock-api-rows.ts";
import { MockApiService } from "./mock-api-service.ts";
import { digestKey } from "./request/authenticate.ts";
import { SCRATCH_LIMITS, ScratchInstances } from "./scratch/scratch-instances.ts";
import { ServedMockApi } from "./served-mock-api.ts";
import type { MockApiDependencies } from "./service.ts";
import { AttemptRecordStore } from "./state/attempt-record-store.ts";
import { AttemptState } from "./state/attempt-state.ts";
import { BaseCache } from "./state/base-cache.ts";
import { MemoryRecordStore, type RecordStore } from "./state/record-store.ts";
import { StatePool } from "./state/state-pool.ts";
import { AttemptClock } from "./weather/attempt-clock.ts";
import { WaitingRoom, type WaitingRoomLimit } from "./weather/waiting-room.ts";
import { WeatherStation } from "./weather/weather-station.ts";

const MAX_OPEN_STATES = 200;
const IDLE_MS = 10 * 60_000;
const MAX_COMPILED = 50;
/** Answers held back at once: of one mock API of one attempt, and of all of this gateway. */
const MAX_WAITING = 64;
const MAX_WAITING_IN_ALL = 2000;

/** What is particular to one attempt, or to one scratch instance. */
interface Particulars {
  api: CompiledApi;
  hostname: string;
  key: string;
  stateKey: string;
  states: StatePool;
  store: RecordStore;
  budget: LogBudget;
  seed: string;
  known: ReadonlyMap<string, OperationWeather>;
  elapsedSec(): number;
  /** Undefined keeps the weather in memory alone. */
  keepWeather?: (operationId: string, state: OperationWeather) => void;
  isAttempt: boolean;
  /** Ends what goes on beside the requests. */
  stop?: () => void;
}

/** What all mock APIs on this host have in common. */
export class MockApiEngine {
  readonly scratch: ScratchInstances;
  readonly #deps: MockApiDependencies;
  readonly #sealer: TokenSealer;
  readonly #blobs: LocalBlobStore;
  readonly #bases: BaseCache;
  readonly #states = new StatePool({ maxOpen: MAX_OPEN_STATES, idleMs: IDLE_MS });
  readonly #scratchStates = new StatePool({
    maxOpen: SCRATCH_LIMITS.maxOpen + 1,
    idleMs: SCRATCH_LIMITS.idleMs * 2,
  });
  readonly #requests: RequestLog;
  readonly #waiting: WaitingRoomLimit;
  /** By version id; versions never change. */
  readonly #compiled = new Map<string, CompiledApi>();

  constructor(deps: MockApiDependencies) {
    this.#deps = deps;
    this.#sealer = new TokenSealer(deps.config.secret);
    this.#blobs = new LocalBlobStore(blobDir(deps.config.dataDir));
    this.#bases = new BaseCache(deps.config.dataDir);
    this.#requests = new RequestLog(deps.db, deps.log, deps.requestLog);
    this.scratch = new ScratchInstances({
      find: (scratchId) => findScratch(deps.db, scratchId),
      exists: (scratchId) => scratchExists(deps.db, scratchId),
      open: (scratchId, row) => this.#openScratch(scratchId, row),
      ownPages: new URL(deps.config.publicUrl).origin,
      log: deps.log,
      limits: deps.scratchLimits,
    });
    this.#waiting = { max: deps.maxWaiting ?? MAX_WAITING_IN_ALL, inside: 0 };
  }

  async open(attempt: AttemptContext): Promise<Map<string, EgressService>> {
    if (attempt.kind === "practice") return new Map();
    const { db } = this.#deps;
    const rows = await mockApisOfAttempt(db, attempt.attemptId);
    if (rows.length === 0) return new Map();
    // What an earlier sandbox of the attempt did here counts, too.
    await this.#requests.flush();
    const clock = new AttemptClock(db, attempt.attemptId);
    await clock.follow();
    const owner = { kind: "attempt", id: attempt.attemptId } as const;
    const budget = new LogBudget(
      owner,
      this.#deps.logLimits ?? LOG_LIMITS,
      await loggedSoFar(db, attempt.attemptId),
    );
    const services = new Map<string, EgressService>();
    for (const row of rows)
      services.set(row.hostname, await this.#openForAttempt(row, attempt, budget, clock));
    return services;
  }

  /** An instance for the studio's console: everything it holds is in memory, everything asked of it in the log. */
  #openScratch(scratchId: string, row: ScratchRow): ServedMockApi {
    const start = performance.now();
    return this.#assemble(row, {
      api: compileMockApi(row.document, row.bindings),
      hostname: scratchLabel(scratchId),
      key: scratchApiKey(this.#sealer, scratchId),
      stateKey: scratchId,
      states: this.#scratchStates,
      store: new MemoryRecordStore(),
      budget: new LogBudget({ kind: "scratch", id: scratchId }, LOG_LIMITS, { requests: 0, bodyBytes: 0 }),
      // Starting over meets the same weather again.
      seed: `scratch ${row.mockApiId}`,
      known: new Map(),
      elapsedSec: () => (performance.now() - start) / 1000,
      isAttempt: false,
    });
  }

  async close(): Promise<void> {
    this.scratch.close();
    this.#states.close();
    this.#scratchStates.close();
    await this.#requests.close();
  }

  async #openForAttempt(
    row: AttemptMockApiRow,
    attempt: AttemptContext,
    budget: LogBudget,
    clock: AttemptClock,
  ): Promise<ServedMockApi> {
    const { attemptId } = attempt;
    const { hostname, versionId, assessmentVersionId, keyOwnerId } = row;
    return this.#assemble(row, {
      api: this.#compile(row),
      hostname,
      key: mockApiKey(this.#sealer, keyOwnerId, hostname),
      stateKey: keyOfState(attempt, versionId),
      states: this.#states,
      store: new AttemptRecordStore(this.#deps.db, versionId, attempt),
      budget,
      seed: `${assessmentVersionId} ${hostname}`,
      known: await loadWeather(this.#deps.db, attemptId, hostname),
      elapsedSec: () => clock.elapsedSec(),
      stop: () => clock.stop(),
      keepWeather: (operationId, state) =>
        this.#requests.noteWeather({ attemptId, hostname, operationId, state }),
      isAttempt: true,
    });
  }

  #assemble(source: MockApiSource, particulars: Particulars): ServedMockApi {
    const { api, hostname, key, stateKey, states, store, budget, seed, known, elapsedSec } = particulars;
    const log = this.#deps.log.child({ [`${budget.owner.kind}Id`]: budget.owner.id, hostname });
    const openBase = async () => {
      const dataset = datasetFile(source.manifest);
      return this.#bases.ensure(this.#blobs.pathOf(dataset), dataset, api.storage);
    };
    const openState = async () => AttemptState.open(await openBase(), api.storage, store, api.bindings.quota);
    // Made once for each host, which takes seconds for a large dataset: begun while the sandbox starts, so that no
    // candidate's first request waits for it.
    if (particulars.isAttempt && source.manifest !== null && Object.keys(api.bindings.collections).length > 0)
      openBase().catch((error: unknown) =>
        log.warn({ err: error }, "the tables of a mock API are not ready"),
      );
    const weather = this.#weatherOf(source.weather, hostname);
    return new ServedMockApi({
      api,
      service: new MockApiService({
        api,
        keyDigest: digestKey(key),
        sealer: this.#sealer,
        log,
        seed,
        // An admin who tries an API wants to know; a candidate's program has no use for it.
        checkAnswers: !particulars.isAttempt,
        withState: (action) => states.use(stateKey, openState, action),
      }),
      weather,
      station: new WeatherStation({
        forecast: new Forecast(weather, seed),
        known,
        elapsedSec,
        keep: particulars.keepWeather ?? (() => {}),
      }),
      room: new WaitingRoom(MAX_WAITING, this.#waiting),
      recorder: new ExchangeRecorder(this.#requests, budget, hostname, secretsOf(source.document, key)),
      release: async () => {
        states.discard(stateKey);
        particulars.stop?.();
        // Whoever closes a sandbox goes on to seal what is in the log.
        if (particulars.isAttempt) await this.#requests.flush();
      },
    });
  }

  /** A version with a weather that cannot be read is served in calm weather: candidates need their API. */
  #weatherOf(stored: unknown, hostname: string): Weather {
    const parsed = Weather.safeParse(stored);
    if (parsed.success) return parsed.data;
    this.#deps.log.error(
      { hostname, issues: parsed.error.issues },
      "the weather of a mock API cannot be read",
    );
    return Weather.parse({});
  }

  #compile({ versionId, document, bindings }: AttemptMockApiRow): CompiledApi {
    const known = this.#compiled.get(versionId);
    if (known) return known;
    const api = compileMockApi(document, bindings);
    const oldest = this.#compiled.keys().next();
    if (this.#compiled.size >= MAX_COMPILED && !oldest.done) this.#compiled.delete(oldest.value);
    this.#compiled.set(versionId, api);
    return api;
  }
}

/** Under a new epoch the attempt may come from another host, which wrote what memory here does not know. */
function keyOfState(attempt: AttemptContext, versionId: string): string {
  return `${attempt.attemptId}/${attempt.epoch}/${versionId}`;
}
