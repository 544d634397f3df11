import type { Field } from "./csv-fields.ts";

const LONGEST_TABLE_NAME = 60;
const LONGEST_COLUMN_NAME = 120;

/** A name for a table after the file or member it comes from: letters, digits and `_`, unique among `taken`. */
export function nameTable(source: string, taken: Set<string>): string {
  const base = source.split(/[/\\]/).at(-1) ?? "";
  const plain = base
    .replace(/(\.(csv|tsv|txt|jsonl?|ndjson|parquet|pq|sqlite3?|db|gz))+$/i, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase()
    .slice(0, LONGEST_TABLE_NAME);
  return unique(
    /^[a-z]/.test(plain) && !plain.startsWith("sqlite_") ? plain : `table_${plain}`.replace(/_$/, ""),
    taken,
  );
}

export interface NamedColumn {
  name: string;
  originalName: string | null;
}

/** Names for columns: what the file says as far as it can be said, unique without regard to case. */
export function nameColumns(names: readonly Field[]): NamedColumn[] {
  const taken = new Set<string>();
  return names.map((original, index) => {
    const plain = (original ?? "")
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, " ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, LONGEST_COLUMN_NAME);
    // As a key of an object it would vanish, and with it what was chosen for the column.
    const name = unique(plain === "__proto__" ? "proto" : plain || `column_${index + 1}`, taken);
    return { name, originalName: name === original ? null : original };
  });
}

function unique(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${wanted}_${number}`;
  taken.add(name.toLowerCase());
  return name;
}
