import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type CheckBulkRequestInput, type CreateBulkRequestInput } from "../../api-client/client.ts";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { BOARD_KEY, versionsQuery } from "../admin-api.ts";
import { emptyInvite } from "../invite-input.ts";
import { type BulkErrors, type BulkInput, readBulk } from "./bulk-input.ts";
import { BulkView } from "./bulk-view.tsx";
import { emailQuery } from "./invitations-api.ts";

export function BulkPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <BulkInvite />
        </AppShell>
      )}
    </StaffGate>
  );
}

function BulkInvite() {
  const client = useQueryClient();
  const versions = useQuery(versionsQuery);
  const email = useQuery(emailQuery);
  const [input, setInput] = useState<BulkInput>(() => ({
    assessmentVersionId: null,
    text: "",
    file: null,
    expiresAt: emptyInvite(new Date(), null).expiresAt,
    extraTimeFactor: "1",
  }));
  const [errors, setErrors] = useState<BulkErrors>({});
  const [sendEmail, setSendEmail] = useState(true);
  // One for each table that was checked: sending it again after a lost answer invites nobody twice.
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const checking = useMutation({
    mutationFn: (body: CheckBulkRequestInput) => api.checkBulkInvitations(body),
    onSuccess: () => setKey(crypto.randomUUID()),
  });
  const creating = useMutation({
    mutationFn: (body: CreateBulkRequestInput) => api.createBulkInvitations(body),
    onSuccess: () => void client.invalidateQueries({ queryKey: BOARD_KEY }),
  });
  const items = versions.data?.items ?? [];
  const chosen = {
    ...input,
    assessmentVersionId: input.assessmentVersionId ?? (items.length === 1 ? items[0]!.id : null),
  };
  const isMailConfigured = email.data?.isConfigured ?? false;
  if (isSignedOut(versions.error)) return <ToSignIn reason="expired" />;

  const check = () => {
    const read = readBulk(chosen, new Date());
    setErrors("errors" in read ? read.errors : {});
    if ("request" in read) checking.mutate(read.request);
  };
  const create = () => {
    if (!checking.variables || !checking.data) return;
    creating.mutate({
      ...checking.variables,
      idempotencyKey,
      leaveOutProblems: checking.data.problemCount > 0,
      sendEmail: isMailConfigured && sendEmail,
    });
  };
  const startOver = () => {
    checking.reset();
    creating.reset();
  };
  return (
    <BulkView
      versions={versions.data ? items : null}
      versionsError={versions.error}
      onRetryVersions={() => void versions.refetch()}
      input={chosen}
      errors={errors}
      onInput={setInput}
      check={{ run: check, isPending: checking.isPending, error: checking.error }}
      report={checking.data ?? null}
      isMailConfigured={isMailConfigured}
      sendEmail={sendEmail}
      onSendEmail={setSendEmail}
      create={{ run: create, isPending: creating.isPending, error: creating.error }}
      result={creating.data ?? null}
      onBack={startOver}
      onAgain={() => {
        startOver();
        setInput({ ...chosen, text: "", file: null });
      }}
    />
  );
}
