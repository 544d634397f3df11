/** A failure a person can act on: its message is the whole answer, without a stack. */
export class UserError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UserError";
  }
}

/** Runs a command-line tool: a UserError ends it with its one sentence. */
export async function runTool(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const isOurs = error instanceof UserError || (error as Error).name === "ImageError";
    console.error(isOurs ? `\n${(error as Error).message}` : error);
    process.exit(1);
  }
}
