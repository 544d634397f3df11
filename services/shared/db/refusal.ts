/** Whether the database refuses what was to be written for what it is, so that trying again would not help. */
export function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  // SQLSTATE classes 22 (data) and 23 (constraints).
  return typeof code === "string" && /^2[23]/.test(code);
}
