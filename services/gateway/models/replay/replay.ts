import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { AttemptContext } from "../../egress/service.ts";
import { ModelError } from "../model-error.ts";
import type { ModelRequest } from "../request/read-call.ts";
import { type RecordedAnswers, requestKey } from "./recorded-answers.ts";
import { sendRecorded } from "./send-recorded.ts";

/** Replays that are written down of a run; more are answered, and not kept. */
const REPLAYS_KEPT = 10_000;

const NEW_REQUEST =
  "This request is not on the record of the submission, so there is no answer to replay. The reviewer can allow spending on the page of the run; then it is sent to the model.";

/**
 * Stands before the models of a run. What the candidate's programs were answered is answered again, at no cost: the
 * n-th equal request gets the n-th answer, and from then on the last one. What is new goes on to the models only once
 * the reviewer has allowed spending.
 */
export class Replay {
  readonly #answers: RecordedAnswers;
  readonly #run: AttemptContext;
  readonly #counts: Map<string, number>;
  #kept: number;
  #maySpend = false;

  private constructor(answers: RecordedAnswers, run: AttemptContext, counts: Map<string, number>) {
    this.#answers = answers;
    this.#run = run;
    this.#counts = counts;
    this.#kept = [...counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Goes on where a gateway before this one ended. */
  static async open(answers: RecordedAnswers, run: AttemptContext): Promise<Replay> {
    return new Replay(answers, run, await answers.countReplayed(run.attemptId));
  }

  /**
   * @returns false for a request that is new and may be sent on
   * @throws ModelError not_recorded, workspace_closed
   */
  async answer(request: ModelRequest, response: ServerResponse): Promise<boolean> {
    const key = requestKey(request);
    // Counted before anything is waited for: requests that come at once get different places.
    const place = this.#counts.get(key) ?? 0;
    this.#counts.set(key, place + 1);
    const answer = await this.#answers.find(request, place);
    if (!answer) {
      this.#counts.delete(key);
      if (await this.#isSpendingAllowed()) return false;
      throw new ModelError("not_recorded", NEW_REQUEST);
    }
    const id = randomUUID();
    const isKept = this.#kept < REPLAYS_KEPT;
    if (isKept) this.#kept += 1;
    if (!(await this.#answers.keep(this.#run, { id, request, answer, isKept })))
      throw new ModelError("workspace_closed", "The run is over, so nothing is replayed any more.");
    await sendRecorded(response, { id, stream: request.stream, text: answer.text });
    return true;
  }

  /** What was allowed once stays allowed; how much of it is left, the ledger knows. */
  async #isSpendingAllowed(): Promise<boolean> {
    this.#maySpend ||= await this.#answers.maySpend(this.#run.attemptId);
    return this.#maySpend;
  }
}
