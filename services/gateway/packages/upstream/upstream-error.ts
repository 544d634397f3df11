/** The registry, or what it sent to, did not do what it should. */
export class UpstreamError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UpstreamError";
  }
}

/** The registry answered, and has no such package. */
export class UpstreamNotFound extends UpstreamError {
  constructor() {
    super("the registry has no such package");
    this.name = "UpstreamNotFound";
  }
}
