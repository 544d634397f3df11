/** Polls. @throws Error saying what it waited for */
export async function until(
  condition: () => Promise<boolean>,
  timeoutMs = 30_000,
  describe: () => Promise<string> | string = () => "the condition did not come true",
): Promise<void> {
  const giveUp = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > giveUp) throw new Error(`${await describe()} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
