/**
 * Without what Postgres cannot hold in JSON: NUL, and halves of characters, which cutting a text at a length leaves.
 * Texts only; keys are names of ours or cleaned already.
 */
export function storable<Value>(value: Value): Value {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === "string" ? item.replaceAll("\0", "").toWellFormed() : item,
    ),
  ) as Value;
}
