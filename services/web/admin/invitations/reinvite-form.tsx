import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api-client/client.ts";
import { Checkbox, Select, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { timeZoneName } from "../../ui/time-words.ts";
import { showToast } from "../../ui/toast.tsx";
import { versionsQuery } from "../admin-api.ts";
import { emptyInvite } from "../invite-input.ts";
import { factorsWith, versionOptions } from "../invite-options.ts";
import type { ChangeFormProps } from "./edit-form.tsx";

const SAME = "same";

/** Another invitation for the same person. */
export function ReinviteForm({
  details,
  isMailConfigured,
  onBack,
  onDone,
}: ChangeFormProps & { isMailConfigured: boolean }) {
  const { item } = details;
  const versions = useQuery(versionsQuery);
  const [versionId, setVersionId] = useState<string>(SAME);
  const [expiresAt, setExpiresAt] = useState(emptyInvite(new Date(), null).expiresAt);
  const [factor, setFactor] = useState(String(item.extraTimeFactor));
  const [sendEmail, setSendEmail] = useState(true);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const inviting = useMutation({
    mutationFn: () =>
      api.reinvite(item.invitationId, {
        ...(versionId === SAME ? {} : { assessmentVersionId: versionId }),
        expiresAt: new Date(expiresAt).toISOString(),
        extraTimeFactor: Number(factor),
        sendEmail: isMailConfigured && sendEmail,
        idempotencyKey,
      }),
    onSuccess: () => {
      showToast({
        tone: "good",
        title: `${item.candidateName} is invited anew`,
        text: "The new link is on the board.",
      });
      onDone();
    },
  });
  return (
    <FormDialog
      title={`Invite ${item.candidateName} anew`}
      confirmLabel="Invite anew"
      cancelLabel="Back"
      onClose={onBack}
      onSubmit={() => expiresAt !== "" && inviting.mutate()}
      isPending={inviting.isPending}
      error={inviting.error}
      name="reinvite"
    >
      <p className="text-ink-soft">
        {details.canEdit
          ? "They get a new link; the old one, which was not used, ends."
          : "They get a new link and can sit again. What they submitted stays."}
      </p>
      <Select
        label="Assessment"
        options={[
          { value: SAME, label: `${item.assessmentTitle}, version ${item.assessmentVersion} (as before)` },
          ...versionOptions(versions.data?.items ?? []),
        ]}
        value={versionId}
        onChange={setVersionId}
      />
      <TextField
        label="Start before"
        description={timeZoneName(new Date().toISOString())}
        type="datetime-local"
        value={expiresAt}
        onChange={setExpiresAt}
        error={expiresAt === "" ? "Enter a date and time." : null}
      />
      <Select
        label="Extra time"
        description="Reviewers never see it."
        options={factorsWith(item.extraTimeFactor)}
        value={factor}
        onChange={setFactor}
      />
      {isMailConfigured ? (
        <Checkbox isSelected={sendEmail} onChange={setSendEmail}>
          Send the link by e-mail
        </Checkbox>
      ) : null}
    </FormDialog>
  );
}
