import type { MockApiPin } from "../../../../shared/contracts/assessment-draft.ts";
import { TextField } from "../../../ui/field.tsx";
import { PinFrame } from "./pin-frame.tsx";
import type { SectionProps } from "./section-props.ts";

export interface MockApiPinCardProps extends SectionProps {
  index: number;
  pin: MockApiPin;
  onChange: (pin: MockApiPin) => void;
  onRemove: () => void;
}

export function MockApiPinCard({ view, gapAt, index, pin, onChange, onRemove }: MockApiPinCardProps) {
  const path = `mockApis.${index}`;
  const found = view.pinnedMockApis.find(({ mockApiVersionId }) => mockApiVersionId === pin.mockApiVersionId);
  return (
    <PinFrame
      kind="mock_api"
      path={path}
      pinned={found ? { ...found, id: found.mockApiId, versionId: found.mockApiVersionId } : null}
      onVersion={(mockApiVersionId) => onChange({ ...pin, mockApiVersionId })}
      onRemove={onRemove}
    >
      <TextField
        label="Name"
        description={
          <>
            Called at <code className="font-mono">http://{pin.hostname || "….internal"}</code>
          </>
        }
        mono
        value={pin.hostname}
        onChange={(hostname) => onChange({ ...pin, hostname })}
        maxLength={100}
        error={gapAt(`${path}.hostname`) ?? gapAt(path)}
        data-testid={`hostname-${index}`}
      />
    </PinFrame>
  );
}
