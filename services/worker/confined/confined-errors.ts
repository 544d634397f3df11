/** Why a confined child gave no result. `message` is for people, without its output; that is in `stderr`. */
export class ConfinedError extends Error {
  readonly reason: "timed_out" | "too_much_memory" | "too_much_disk" | "crashed" | "cancelled";
  /** The end of what the child said, for the log. */
  readonly stderr: string;

  constructor(reason: ConfinedError["reason"], message: string, stderr = "") {
    super(message);
    this.name = "ConfinedError";
    this.reason = reason;
    this.stderr = stderr;
  }
}

/** The child looked at its input and refuses it: the input's fault, to be told to whoever sent it. */
export class ConfinedRefusal extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.name = "ConfinedRefusal";
    this.code = code;
    this.details = details;
  }
}

/** This process cannot confine anything: it is not root on Linux, or a program of util-linux is missing. */
export class ConfinementUnavailableError extends Error {
  constructor(why: string) {
    super(`Files from outside cannot be read here: ${why}.`);
    this.name = "ConfinementUnavailableError";
  }
}
