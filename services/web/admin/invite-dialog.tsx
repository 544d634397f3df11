import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type CreateInvitationRequestInput } from "../api-client/client.ts";
import { FormDialog } from "../ui/form-dialog.tsx";
import { BOARD_KEY, versionsQuery } from "./admin-api.ts";
import { emailQuery } from "./invitations/invitations-api.ts";
import { InviteFields } from "./invite-fields.tsx";
import { emptyInvite, type InviteErrors, type InviteInput, readInvite } from "./invite-input.ts";
import { InviteResult } from "./invite-result.tsx";

export interface InviteDialogProps {
  /** Chosen at first. */
  assessmentVersionId?: string | null;
  onClose: () => void;
}

/** Invites one candidate after another; each ends with the link to send. */
export function InviteDialog({ assessmentVersionId = null, onClose }: InviteDialogProps) {
  const client = useQueryClient();
  const versions = useQuery(versionsQuery);
  const [input, setInput] = useState<InviteInput>(() => emptyInvite(new Date(), assessmentVersionId));
  const [errors, setErrors] = useState<InviteErrors>({});
  const items = versions.data?.items ?? [];
  const email = useQuery(emailQuery);
  const isMailConfigured = email.data?.isConfigured ?? null;
  // For this one invitation: pressed twice, or sent again after a lost answer, it is still one.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  // With a single assessment there is nothing to choose.
  const chosen = {
    ...input,
    assessmentVersionId: input.assessmentVersionId ?? (items.length === 1 ? items[0]!.id : null),
  };
  const inviting = useMutation({
    mutationFn: (body: CreateInvitationRequestInput) => api.createInvitation(body),
    onSuccess: () => void client.invalidateQueries({ queryKey: BOARD_KEY }),
  });
  const submit = () => {
    const read = readInvite(chosen, new Date());
    setErrors("errors" in read ? read.errors : {});
    if ("request" in read)
      inviting.mutate({
        ...read.request,
        sendEmail: isMailConfigured === true && chosen.sendEmail,
        idempotencyKey,
      });
  };
  const again = () => {
    inviting.reset();
    setKey(crypto.randomUUID());
    setInput(emptyInvite(new Date(), chosen.assessmentVersionId));
  };
  if (inviting.data) {
    return (
      <InviteResult
        answer={inviting.data}
        name={input.candidateName.trim()}
        sentTo={inviting.variables?.sendEmail ? input.candidateEmail.trim() : null}
        onClose={onClose}
        onAgain={again}
      />
    );
  }
  return (
    <FormDialog
      name="invite"
      size="medium"
      title="Invite a candidate"
      confirmLabel="Create the invitation"
      isConfirmDisabled={items.length === 0}
      onClose={onClose}
      onSubmit={submit}
      isPending={inviting.isPending}
      error={inviting.error}
    >
      <InviteFields
        input={chosen}
        errors={errors}
        versions={versions.data ? items : null}
        versionsError={versions.error}
        onRetryVersions={() => void versions.refetch()}
        isMailConfigured={isMailConfigured}
        onInput={setInput}
      />
    </FormDialog>
  );
}
