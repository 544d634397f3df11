/** What the function of a confined entry may do besides returning its result. */
export interface ConfinedTask {
  /** The only directory that can be written to. */
  directory: string;
  /** Goes to `onProgress` of the caller; JSON, small, not too often. */
  progress(value: unknown): void;
}

/** The default export of a confined entry file. */
export type ConfinedEntry<Input = unknown, Output = unknown> = (
  input: Input,
  task: ConfinedTask,
) => Promise<Output>;

/** Thrown by an entry to refuse its input; arrives at the caller as a `ConfinedRefusal`. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: unknown;
  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}

/** One line of JSON each on file descriptor 3. */
export type ConfinedMessage =
  | { kind: "progress"; value: unknown }
  | { kind: "result"; value: unknown }
  | { kind: "refusal"; code: string; message: string; details?: unknown }
  | { kind: "no_memory" };
