import { MockApiBindings } from "../../../../shared/contracts/mock-api.ts";

export type ReadBindings =
  | { bindings: MockApiBindings | null; problems: null }
  | { bindings: null; problems: { path: string; message: string }[] };

const LISTED = 20;

/** Bindings as they were written by hand. Nothing written means none. */
export function readBindings(text: string): ReadBindings {
  if (text.trim() === "") return { bindings: null, problems: null };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      bindings: null,
      problems: [{ path: "", message: `This is no JSON: ${(error as Error).message}` }],
    };
  }
  const parsed = MockApiBindings.safeParse(value);
  if (parsed.success) return { bindings: parsed.data, problems: null };
  const problems = parsed.error.issues
    .slice(0, LISTED)
    .map(({ path, message }) => ({ path: path.map(String).join("."), message }));
  return { bindings: null, problems };
}

export const writeBindings = (bindings: MockApiBindings | null): string =>
  bindings === null ? "" : JSON.stringify(bindings, null, 2);
