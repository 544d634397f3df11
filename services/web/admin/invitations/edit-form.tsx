import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { InvitationDetails } from "../../../shared/contracts/invitation-studio.ts";
import { api } from "../../api-client/client.ts";
import { Select, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { timeZoneName } from "../../ui/time-words.ts";
import { toLocalInput } from "../invite-input.ts";
import { factorsWith } from "../invite-options.ts";

export interface ChangeFormProps {
  details: InvitationDetails;
  onBack: () => void;
  onDone: () => void;
}

export function EditForm({ details: { item }, onBack, onDone }: ChangeFormProps) {
  const [validFrom, setValidFrom] = useState(toLocalInput(new Date(item.validFrom)));
  const [expiresAt, setExpiresAt] = useState(toLocalInput(new Date(item.expiresAt)));
  const [factor, setFactor] = useState(String(item.extraTimeFactor));
  const saving = useMutation({
    mutationFn: () =>
      api.editInvitation(item.invitationId, {
        validFrom: new Date(validFrom).toISOString(),
        expiresAt: new Date(expiresAt).toISOString(),
        extraTimeFactor: Number(factor),
      }),
    onSuccess: onDone,
  });
  const isWhole = validFrom !== "" && expiresAt !== "";
  return (
    <FormDialog
      title={`Window and extra time of ${item.candidateName}`}
      confirmLabel="Save"
      cancelLabel="Back"
      onClose={onBack}
      onSubmit={() => isWhole && saving.mutate()}
      isPending={saving.isPending}
      error={saving.error}
      name="edit-invitation"
    >
      <TextField
        label="Can be started from"
        description={timeZoneName(new Date().toISOString())}
        type="datetime-local"
        value={validFrom}
        onChange={setValidFrom}
        error={validFrom === "" ? "Enter a date and time." : null}
      />
      <TextField
        label="Start before"
        type="datetime-local"
        value={expiresAt}
        onChange={setExpiresAt}
        error={expiresAt === "" ? "Enter a date and time." : null}
        data-testid="edit-expires"
      />
      <Select
        label="Extra time"
        description="Reviewers never see it."
        options={factorsWith(item.extraTimeFactor)}
        value={factor}
        onChange={setFactor}
      />
    </FormDialog>
  );
}
