import { ShieldCheck } from "lucide-react";
import type { DatasetProfile, SensitiveFinding } from "../../../shared/contracts/dataset-profile.ts";
import type { ImportChoices } from "../../../shared/contracts/dataset-studio.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { plural } from "../../ui/time-words.ts";
import { ActionSelect } from "./action-select.tsx";
import {
  actionOf,
  type PlacedColumn,
  sensitiveColumns,
  withAction,
  withSuggestions,
} from "./import-choices.ts";
import { findingPlace, SENSITIVE_WORDS } from "./profile-words.ts";

export interface ChoiceEditing {
  choices: ImportChoices;
  onChange: (change: (choices: ImportChoices) => ImportChoices) => void;
}

/** Columns that point at people or hold secrets, and what becomes of each. */
export function SensitiveFindings({
  profile,
  choices,
  onChange,
}: ChoiceEditing & { profile: DatasetProfile }) {
  const placed = sensitiveColumns(profile).filter(({ table }) => !choices.leftOut.includes(table));
  if (placed.length === 0)
    return (
      <p className="flex items-center gap-2 px-1 text-ink-soft">
        <ShieldCheck aria-hidden size={17} className="text-accent" />
        Nothing was found that looks personal or secret. The scan is a help, not a promise: look at the
        columns below.
      </p>
    );
  const isAsSuggested = placed.every(
    ({ table, column }) => actionOf(choices, table, column.name) === column.suggestion,
  );
  return (
    <Card
      title={`${placed.length} ${plural(placed.length, "column")} may hold personal data`}
      description="Nothing reaches candidates before you publish. Pseudonyms are the same in every table, so joins still work."
      padding="none"
      data-testid="sensitive"
      actions={
        isAsSuggested ? undefined : (
          <Button size="small" onPress={() => onChange((now) => withSuggestions(now, profile))}>
            Use all suggestions
          </Button>
        )
      }
    >
      <ul className="divide-y divide-line">
        {placed.map((place) => (
          <FindingRow
            key={`${place.table}/${place.column.name}`}
            place={place}
            hasOneTable={profile.tables.length === 1}
            choices={choices}
            onChange={onChange}
          />
        ))}
      </ul>
    </Card>
  );
}

interface FindingRowProps extends ChoiceEditing {
  place: PlacedColumn;
  hasOneTable: boolean;
}

function FindingRow({ place: { table, column }, hasOneTable, choices, onChange }: FindingRowProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="font-mono text-[0.9rem] font-medium [overflow-wrap:anywhere]">
          {hasOneTable ? null : <span className="font-normal text-ink-faint">{table}.</span>}
          {column.name}
        </p>
        <ul className="mt-1 flex flex-col gap-1">
          {column.findings.map((finding) => (
            <FindingWords key={`${finding.kind}/${finding.where}`} finding={finding} />
          ))}
        </ul>
      </div>
      <ActionSelect
        table={table}
        column={column.name}
        value={actionOf(choices, table, column.name)}
        onChange={(action) => onChange((now) => withAction(now, table, column.name, action))}
        isSensitive={column.findings.some(({ confidence }) => confidence !== "low")}
        data-testid={`finding-${table}-${column.name}`}
      />
    </li>
  );
}

function FindingWords({ finding }: { finding: SensitiveFinding }) {
  return (
    <li className="text-[0.9rem] text-ink-soft">
      <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
        <span className="text-ink">{SENSITIVE_WORDS[finding.kind]}</span>
        {finding.confidence === "low" ? <Badge>unsure</Badge> : null}
        <span>
          {findingPlace(finding)}
          {finding.by === "content"
            ? ` in ${formatCount(finding.matches)} ${plural(finding.matches, "row")}`
            : ""}
        </span>
      </span>
      {finding.samples.length > 0 ? (
        <span className="block font-mono text-[0.82rem] text-ink-faint [overflow-wrap:anywhere]">
          {finding.samples.slice(0, 3).join("   ")}
        </span>
      ) : null}
    </li>
  );
}
