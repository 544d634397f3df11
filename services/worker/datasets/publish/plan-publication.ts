import type { ColumnAction, SensitiveKind } from "../../../shared/contracts/dataset-profile.ts";
import { chosenAction } from "../../../shared/datasets/chosen-action.ts";
import type { DatasetImportRecord, ImportFile } from "../../records/dataset-import-record.ts";
import type { TreatedColumn } from "./treat-columns.ts";

export interface Publication {
  tables: { name: string; sha256: string; bytes: number; columns: TreatedColumn[] }[];
  /** What candidates get as it was uploaded; null when files are written for them. */
  originals: { path: string; sha256: string; bytes: number }[] | null;
  treated: { table: string; column: string; action: ColumnAction }[];
}

/** What becomes of each table and column of an import, by its choices. */
export function planPublication(record: DatasetImportRecord, uploads: readonly ImportFile[]): Publication {
  const { choices, staged, profile } = record;
  if (!staged || !profile) throw new Error("an import without tables cannot be published");
  const treated: Publication["treated"] = [];
  const tables = staged
    .filter(({ name }) => !choices.leftOut.includes(name))
    .map((table) => ({
      name: table.name,
      sha256: table.sha256,
      bytes: table.bytes,
      columns: table.columns.map((column) => {
        const action = chosenAction(choices, table.name, column.name);
        if (action !== "keep") treated.push({ table: table.name, column: column.name, action });
        return {
          ...column,
          action,
          inside: action === "mask" ? kindsInside(record, table.name, column.name) : [],
        };
      }),
    }));
  const untouched = treated.length === 0 && tables.length === staged.length && uploads.length > 0;
  const originals = untouched && choices.candidateFiles === "original" ? nameOriginals(uploads) : null;
  return { tables, originals, treated };
}

/** Where sensitive things were only found inside of longer texts, the rest of the text may stay. */
function kindsInside({ profile }: DatasetImportRecord, table: string, column: string): SensitiveKind[] {
  const findings =
    profile?.tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)
      ?.findings ?? [];
  return findings.every(({ where }) => where === "inside") ? findings.map(({ kind }) => kind) : [];
}

/** Names that are safe in any directory; the uploaded ones as far as they are. */
function nameOriginals(uploads: readonly ImportFile[]): Publication["originals"] {
  const taken = new Set<string>();
  return uploads.map(({ name, sha256, bytes }) => {
    const plain =
      name
        .replace(/[^\p{L}\p{N}._ -]/gu, "_")
        .replace(/^[.\s-]+|[.\s]+$/g, "")
        .slice(0, 100) || "file";
    let unique = plain;
    for (let number = 2; taken.has(unique.toLowerCase()); number++) unique = `${number}-${plain}`;
    taken.add(unique.toLowerCase());
    return { path: `candidate/${unique}`, sha256, bytes };
  });
}
