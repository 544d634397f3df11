/** One line for each step of a long command, with the time it took. */
export class Progress {
  readonly #startedAt: number;
  readonly #live = process.stdout.isTTY === true;

  constructor(startedAt = Date.now()) {
    this.#startedAt = startedAt;
  }

  /** Runs a step; `detail` may be called for what it is doing meanwhile, and the result may add a remark. */
  async step<Result>(
    title: string,
    action: (detail: (text: string) => void) => Promise<Result>,
  ): Promise<Result> {
    const begun = Date.now();
    this.#draw(title, "");
    try {
      const result = await action((text) => this.#draw(title, text));
      this.line(title, Date.now() - begun);
      return result;
    } catch (error) {
      if (this.#live) process.stdout.write("\n");
      throw error;
    }
  }

  line(title: string, milliseconds: number): void {
    if (this.#live) process.stdout.write("\r\x1b[2K");
    console.log(`  ${title.padEnd(44)} ${seconds(milliseconds).padStart(8)}`);
  }

  get total(): string {
    return seconds(Date.now() - this.#startedAt);
  }

  #draw(title: string, detail: string): void {
    if (this.#live) {
      const width = (process.stdout.columns ?? 80) - 1;
      process.stdout.write(`\r\x1b[2K${`  ${title} … ${detail}`.slice(0, width)}`);
    } else if (detail !== "") {
      console.log(`    ${detail}`);
    }
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
