import type { DatasetPin } from "../../../../shared/contracts/assessment-draft.ts";
import { TextField } from "../../../ui/field.tsx";
import { DeliveryFields } from "./delivery-fields.tsx";
import { PinFrame } from "./pin-frame.tsx";
import type { SectionProps } from "./section-props.ts";

export interface DatasetPinCardProps extends SectionProps {
  index: number;
  pin: DatasetPin;
  onChange: (pin: DatasetPin) => void;
  onRemove: () => void;
}

export function DatasetPinCard({ view, gapAt, index, pin, onChange, onRemove }: DatasetPinCardProps) {
  const path = `datasets.${index}`;
  const found = view.pinnedDatasets.find(({ datasetVersionId }) => datasetVersionId === pin.datasetVersionId);
  return (
    <PinFrame
      kind="dataset"
      path={path}
      pinned={found ? { ...found, id: found.datasetId, versionId: found.datasetVersionId } : null}
      onVersion={(datasetVersionId) => onChange({ ...pin, datasetVersionId })}
      onRemove={onRemove}
    >
      <TextField
        label="Folder"
        description={
          <>
            In the workspace: <code className="font-mono">/datasets/{pin.mountName || "…"}</code>
          </>
        }
        mono
        value={pin.mountName}
        onChange={(mountName) => onChange({ ...pin, mountName })}
        maxLength={100}
        error={gapAt(`${path}.mountName`) ?? gapAt(path)}
        data-testid={`mount-name-${index}`}
      />
      {found ? (
        <DeliveryFields
          tables={found.tables}
          delivery={pin.delivery}
          onChange={(delivery) => onChange({ ...pin, delivery })}
        />
      ) : null}
    </PinFrame>
  );
}
