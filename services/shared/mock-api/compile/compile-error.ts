/** The document and its bindings do not make an API. Each line says where and what. */
export class MockApiCompileError extends Error {
  readonly issues: string[];
  constructor(issues: string[]) {
    super(`the mock API cannot be served:\n${issues.join("\n")}`);
    this.issues = issues;
  }
}
