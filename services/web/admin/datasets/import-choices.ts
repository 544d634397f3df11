import type {
  ColumnAction,
  ColumnProfile,
  DatasetProfile,
} from "../../../shared/contracts/dataset-profile.ts";
import type { ImportChoices } from "../../../shared/contracts/dataset-studio.ts";

/** What becomes of a column; whatever is not named is kept. */
export function actionOf(choices: ImportChoices, table: string, column: string): ColumnAction {
  // Names come from files: `constructor` is a column like any other.
  const named = Object.hasOwn(choices.columns, table) ? choices.columns[table] : undefined;
  return named && Object.hasOwn(named, column) ? (named[column] ?? "keep") : "keep";
}

export function withAction(
  choices: ImportChoices,
  table: string,
  column: string,
  action: ColumnAction,
): ImportChoices {
  const columns = { ...choices.columns, [table]: { ...choices.columns[table], [column]: action } };
  return { ...choices, columns };
}

export function withTable(choices: ImportChoices, table: string, isLeftOut: boolean): ImportChoices {
  const others = choices.leftOut.filter((name) => name !== table);
  return { ...choices, leftOut: isLeftOut ? [...others, table] : others };
}

/** Every column with a finding, as its finding suggests. */
export function withSuggestions(choices: ImportChoices, profile: DatasetProfile): ImportChoices {
  return sensitiveColumns(profile).reduce(
    (next, { table, column }) => withAction(next, table, column.name, column.suggestion),
    choices,
  );
}

export interface PlacedColumn {
  table: string;
  column: ColumnProfile;
}

const CONFIDENCE = { high: 0, medium: 1, low: 2 };

/** Columns with findings, the surest first. */
export function sensitiveColumns(profile: DatasetProfile): PlacedColumn[] {
  const placed = profile.tables.flatMap((table) =>
    table.columns.map((column) => ({ table: table.name, column })),
  );
  const sureness = ({ column }: PlacedColumn) =>
    Math.min(...column.findings.map(({ confidence }) => CONFIDENCE[confidence]));
  return placed.filter(({ column }) => column.findings.length > 0).sort((a, b) => sureness(a) - sureness(b));
}

export interface ChoiceSummary {
  /** Columns by what becomes of them, those of tables left out not counted. */
  columns: Record<ColumnAction, number>;
  tables: number;
  tablesLeftOut: number;
  rows: number;
  /** Columns with a finding of high or medium confidence that are kept as they are. */
  keptSensitive: PlacedColumn[];
  /** The same of those whose findings are all of low confidence. */
  keptUnsure: PlacedColumn[];
  /** What candidates get; see `ImportChoices.candidateFiles`. */
  candidateFiles: ImportChoices["candidateFiles"];
  /** Every column of every table is kept. */
  isUntouched: boolean;
  isNothingLeft: boolean;
}

export function summarise(choices: ImportChoices, profile: DatasetProfile): ChoiceSummary {
  const tables = profile.tables.filter(({ name }) => !choices.leftOut.includes(name));
  const columns = { keep: 0, drop: 0, mask: 0, pseudonymise: 0 };
  for (const table of tables)
    for (const column of table.columns) columns[actionOf(choices, table.name, column.name)] += 1;
  const isUntouched =
    tables.length === profile.tables.length && columns.drop + columns.mask + columns.pseudonymise === 0;
  const found = sensitiveColumns({ ...profile, tables }).filter(
    ({ table, column }) => actionOf(choices, table, column.name) === "keep",
  );
  const isSure = ({ column }: PlacedColumn) => column.findings.some(({ confidence }) => confidence !== "low");
  return {
    columns,
    tables: tables.length,
    tablesLeftOut: profile.tables.length - tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    keptSensitive: found.filter(isSure),
    keptUnsure: found.filter((column) => !isSure(column)),
    candidateFiles: isUntouched ? choices.candidateFiles : "written",
    isUntouched,
    isNothingLeft: columns.keep + columns.mask + columns.pseudonymise === 0,
  };
}
