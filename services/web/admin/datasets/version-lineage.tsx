import type { ColumnAction } from "../../../shared/contracts/dataset-profile.ts";
import type { DatasetVersionView } from "../../../shared/contracts/dataset-studio.ts";
import { TextLink } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { type KeyValue, KeyValues } from "../../ui/key-values.tsx";
import { ACTION_WORDS } from "./profile-words.ts";

/** What a version was made from, what was done to its columns, and where it is given out. */
export function VersionLineage({ version }: { version: DatasetVersionView }) {
  const { parent, dataset, usedBy } = version;
  const items: KeyValue[] = [
    {
      name: "Made from",
      value: parent ? (
        <TextLink href={`/admin/datasets/${dataset.id}/versions/${parent.id}`}>
          Version {parent.number}
        </TextLink>
      ) : (
        "Uploaded files"
      ),
    },
    { name: "Columns treated", value: <Treated version={version} /> },
    {
      name: "Given out by",
      value:
        usedBy.length === 0
          ? "No published assessment yet"
          : usedBy.map(({ assessmentTitle, number }) => `${assessmentTitle}, version ${number}`).join(" · "),
    },
  ];
  return (
    <Card title="Lineage" data-testid="lineage">
      <KeyValues items={items} />
    </Card>
  );
}

function Treated({ version: { treated, tableList } }: { version: DatasetVersionView }) {
  if (treated.length === 0) return "None: all are as they were uploaded";
  const actions = [...new Set(treated.map(({ action }) => action))];
  const place = ({ table, column }: (typeof treated)[number]) =>
    tableList.length === 1 ? column : `${table}.${column}`;
  return (
    <ul className="flex flex-col gap-1">
      {actions.map((action: ColumnAction) => (
        <li key={action}>
          <span className="capitalize">{ACTION_WORDS[action]}</span>:{" "}
          <span className="font-mono text-[0.87rem]">
            {treated
              .filter((one) => one.action === action)
              .map(place)
              .join(", ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
