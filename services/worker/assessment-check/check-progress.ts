import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { CheckItem, CheckReport } from "../../shared/contracts/composer.ts";
import type { Database } from "../../shared/db/database.ts";
import { saveCheck } from "../records/assessment-check-record.ts";

/** The draft was changed, or is checked again: this check is about nothing any more. */
export class CheckSupersededError extends Error {
  constructor() {
    super("the draft is not waiting for this check any more");
    this.name = "CheckSupersededError";
  }
}

export type Verdict = Pick<CheckItem, "status" | "message"> & Partial<Pick<CheckItem, "remedy" | "target">>;

/** The report of a check while it grows; each change is saved, and so seen on the page. */
export class CheckProgress {
  readonly #db: Database;
  readonly #check: { assessmentId: string; revision: number };
  readonly #report: CheckReport;

  constructor(db: Database, check: { assessmentId: string; revision: number }, now: Date) {
    this.#db = db;
    this.#check = check;
    this.#report = { startedAt: now.toISOString(), finishedAt: null, items: [] };
  }

  get hasFailed(): boolean {
    return this.#report.items.some(({ status }) => status === "failed");
  }

  /** Adds lines that are decided, and lines that are still to come. @throws CheckSupersededError */
  async add(items: readonly CheckItem[]): Promise<void> {
    this.#report.items.push(...items);
    await this.#save();
  }

  /** Works on one line. A verdict that is thrown away by an exception stays `running`. @throws CheckSupersededError */
  async run(id: string, work: () => Promise<Verdict>): Promise<CheckItem["status"]> {
    const item = this.#item(id);
    item.status = "running";
    await this.#save();
    const started = performance.now();
    const verdict = await work();
    Object.assign(item, verdict, { durationMs: Math.round(performance.now() - started) });
    await this.#save();
    return item.status;
  }

  /** Lines that are still to come are not reached any more. @throws CheckSupersededError */
  async skipRest(message: string): Promise<void> {
    for (const item of this.#report.items)
      if (item.status === "pending") Object.assign(item, { status: "skipped", message });
    await this.#save();
  }

  /** @throws CheckSupersededError */
  async finish(now: Date, prepared: AssessmentSpec | null): Promise<void> {
    this.#report.finishedAt = now.toISOString();
    const state = this.hasFailed || prepared === null ? "failed" : "passed";
    await this.#save({ state, prepared: state === "passed" ? prepared : null });
  }

  #item(id: string): CheckItem {
    const item = this.#report.items.find((one) => one.id === id);
    if (!item) throw new Error(`the check has no line ${id}`);
    return item;
  }

  async #save(outcome: Parameters<typeof saveCheck>[2] = null): Promise<void> {
    if (!(await saveCheck(this.#db, { ...this.#check, report: this.#report }, outcome)))
      throw new CheckSupersededError();
  }
}

/** A line that is still to come. */
export function pending(id: string, title: string, target: CheckItem["target"]): CheckItem {
  return { id, title, status: "pending", message: "", remedy: "", target, durationMs: null };
}
