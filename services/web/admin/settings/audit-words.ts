/** `mock_api.publish` -> `Mock API: publish`; the log's own names stay recognisable. */
export function actionWords(action: string): string {
  const [subject = "", verb = ""] = action
    .replaceAll("_", " ")
    .replace(/\bapi\b/g, "API")
    .split(".");
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)}: ${verb}`;
}

export interface FieldChange {
  name: string;
  before: string | null;
  after: string | null;
}

/** Field by field what differs between two states; null where a side has no such field. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const was = fieldsOf(before);
  const is = fieldsOf(after);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(state: unknown): Map<string, string> {
  if (typeof state !== "object" || state === null) return new Map();
  return new Map(Object.entries(state).map(([name, value]) => [name, valueWords(value)]));
}

function valueWords(value: unknown): string {
  if (value === null) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
