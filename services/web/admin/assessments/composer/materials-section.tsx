import { Database, Plus, Waypoints } from "lucide-react";
import { type ReactNode, useState } from "react";
import type {
  AssessmentDraft,
  DatasetPin,
  MockApiPin,
} from "../../../../shared/contracts/assessment-draft.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { DatasetPinCard } from "./dataset-pin-card.tsx";
import type { Material, MaterialKind } from "./materials-api.ts";
import { MockApiPinCard } from "./mock-api-pin-card.tsx";
import { PickMaterialDialog } from "./pick-material-dialog.tsx";
import { freeName } from "./pin-names.ts";
import type { SectionProps } from "./section-props.ts";

export function MaterialsSection(props: SectionProps) {
  const { content, edit } = props;
  const [picking, setPicking] = useState<MaterialKind | null>(null);
  const pick = (material: Material) => {
    edit((draft) => (picking === "dataset" ? withDataset(draft, material) : withMockApi(draft, material)));
    setPicking(null);
  };
  return (
    <div className="flex flex-col gap-5">
      <Pins
        title="Datasets"
        description="Each is a folder in the workspace, read-only. A version stays pinned until you choose another."
        icon={<Database aria-hidden size={26} strokeWidth={1.5} />}
        empty="No dataset. Candidates then work without data of yours."
        add="Add a dataset"
        isEmpty={content.datasets.length === 0}
        onAdd={() => setPicking("dataset")}
        data-testid="datasets"
      >
        {content.datasets.map((pin, index) => (
          <DatasetPinCard
            // biome-ignore lint/suspicious/noArrayIndexKey: names and versions change while they are edited
            key={index}
            {...props}
            index={index}
            pin={pin}
            onChange={(next) => edit((draft) => withDatasets(draft, replaced(draft.datasets, index, next)))}
            onRemove={() => edit((draft) => withDatasets(draft, without(draft.datasets, index)))}
          />
        ))}
      </Pins>
      <Pins
        title="Mock APIs"
        description="Each answers under its own name inside the workspace, and every attempt has its own state."
        icon={<Waypoints aria-hidden size={26} strokeWidth={1.5} />}
        empty="No mock API. There is then nothing to call from the workspace."
        add="Add a mock API"
        isEmpty={content.mockApis.length === 0}
        onAdd={() => setPicking("mock_api")}
        data-testid="mock-apis"
      >
        {content.mockApis.map((pin, index) => (
          <MockApiPinCard
            // biome-ignore lint/suspicious/noArrayIndexKey: names and versions change while they are edited
            key={index}
            {...props}
            index={index}
            pin={pin}
            onChange={(next) => edit((draft) => withMockApis(draft, replaced(draft.mockApis, index, next)))}
            onRemove={() => edit((draft) => withMockApis(draft, without(draft.mockApis, index)))}
          />
        ))}
      </Pins>
      {picking ? <PickMaterialDialog kind={picking} onPick={pick} onClose={() => setPicking(null)} /> : null}
    </div>
  );
}

const withDatasets = (draft: AssessmentDraft, datasets: DatasetPin[]): AssessmentDraft => ({
  ...draft,
  datasets,
});
const withMockApis = (draft: AssessmentDraft, mockApis: MockApiPin[]): AssessmentDraft => ({
  ...draft,
  mockApis,
});
const replaced = <Pin,>(pins: readonly Pin[], index: number, pin: Pin) =>
  pins.map((old, other) => (other === index ? pin : old));
const without = <Pin,>(pins: readonly Pin[], index: number) => pins.filter((_, other) => other !== index);

function withDataset(draft: AssessmentDraft, { slug, latestVersionId }: Material): AssessmentDraft {
  const mountName = freeName(
    slug,
    "",
    draft.datasets.map((pin) => pin.mountName),
  );
  return withDatasets(draft, [
    ...draft.datasets,
    { mountName, datasetVersionId: latestVersionId, delivery: {} },
  ]);
}

function withMockApi(draft: AssessmentDraft, { slug, latestVersionId }: Material): AssessmentDraft {
  const hostname = freeName(
    slug,
    ".internal",
    draft.mockApis.map((pin) => pin.hostname),
  );
  return withMockApis(draft, [...draft.mockApis, { hostname, mockApiVersionId: latestVersionId }]);
}

interface PinsProps {
  title: string;
  description: string;
  icon: ReactNode;
  empty: string;
  add: string;
  isEmpty: boolean;
  onAdd: () => void;
  children: ReactNode;
  "data-testid": string;
}

function Pins({ title, description, icon, empty, add, isEmpty, onAdd, children, ...rest }: PinsProps) {
  const button = (
    <Button size="small" onPress={onAdd} data-testid={`add-${rest["data-testid"]}`}>
      <Plus aria-hidden size={15} />
      {add}
    </Button>
  );
  return (
    <Card
      title={title}
      description={description}
      actions={isEmpty ? undefined : button}
      data-testid={rest["data-testid"]}
    >
      {isEmpty ? (
        <EmptyState icon={icon} title={empty} actions={button} className="py-6!" />
      ) : (
        <ul className="flex flex-col gap-3">{children}</ul>
      )}
    </Card>
  );
}
