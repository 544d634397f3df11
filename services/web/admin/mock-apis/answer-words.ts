import type { z } from "zod";
import type { MockApiAnswerKind } from "../../../shared/contracts/mock-api-studio.ts";

/** How an operation is answered. */
export const ANSWER_WORDS: Record<z.infer<typeof MockApiAnswerKind>, string> = {
  list: "Lists records",
  read: "Reads a record",
  create: "Creates a record",
  patch: "Changes a record",
  put: "Replaces a record",
  delete: "Deletes a record",
  action: "Changes a record by rule",
  constant: "Always the same",
  document: "From examples and schemas",
};
