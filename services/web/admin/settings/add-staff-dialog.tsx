import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { CreateStaffRequest } from "../../../shared/contracts/admin.ts";
import type { StaffRole } from "../../../shared/contracts/common.ts";
import { api } from "../../api-client/client.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { CodeBlock, CopyButton } from "../../ui/code-block.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Select, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { staffListQuery } from "../admin-api.ts";
import { suggestPassword } from "./password-suggestion.ts";

const ROLES = [
  { value: "reviewer" as const, label: "Reviewer", description: "Reads and rates blind submissions" },
  { value: "admin" as const, label: "Admin", description: "Invites, watches, adds staff; may review too" },
];

interface NewMember {
  name: string;
  email: string;
  role: StaffRole;
  password: string;
}

const MESSAGES: Record<string, string> = {
  name: "Enter a name.",
  email: "Enter a full e-mail address.",
  password: "From 12 to 128 characters.",
};

export function AddStaffDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [member, setMember] = useState<NewMember>(() => ({
    name: "",
    email: "",
    role: "reviewer",
    password: suggestPassword(),
  }));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const adding = useMutation({
    mutationFn: () => api.createStaffMember({ ...member, email: member.email.trim() }),
    onSuccess: () => void client.invalidateQueries({ queryKey: staffListQuery.queryKey }),
  });
  const submit = () => {
    const checked = CreateStaffRequest.safeParse({ ...member, email: member.email.trim() });
    setWrong(new Set(checked.error?.issues.map((issue) => String(issue.path[0])) ?? []));
    if (checked.success) adding.mutate();
  };
  if (adding.data) return <MemberAdded member={member} onClose={onClose} />;
  return (
    <FormDialog
      name="add-staff"
      title="Add someone"
      confirmLabel="Add"
      onClose={onClose}
      onSubmit={submit}
      isPending={adding.isPending}
      error={adding.error}
    >
      <MemberFields member={member} wrong={wrong} onMember={setMember} />
    </FormDialog>
  );
}

interface MemberFieldsProps {
  member: NewMember;
  wrong: ReadonlySet<string>;
  onMember: (member: NewMember) => void;
}

function MemberFields({ member, wrong, onMember }: MemberFieldsProps) {
  const errorOf = (field: keyof NewMember) => (wrong.has(field) ? MESSAGES[field] : null);
  return (
    <>
      <TextField
        label="Name"
        autoComplete="off"
        value={member.name}
        onChange={(name) => onMember({ ...member, name })}
        error={errorOf("name")}
        data-testid="staff-name"
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="off"
        value={member.email}
        onChange={(email) => onMember({ ...member, email })}
        error={errorOf("email")}
        data-testid="staff-email"
      />
      <Select
        label="Role"
        options={ROLES}
        value={member.role}
        onChange={(role) => onMember({ ...member, role })}
        data-testid="staff-role"
      />
      <div className="flex items-end gap-1">
        <TextField
          label="First password"
          description="Suggested; you can type another."
          autoComplete="off"
          mono
          value={member.password}
          onChange={(password) => onMember({ ...member, password })}
          error={errorOf("password")}
          className="flex-1"
          data-testid="staff-password"
        />
        <IconButton
          label="Suggest another password"
          onPress={() => onMember({ ...member, password: suggestPassword() })}
        >
          <RefreshCw aria-hidden size={16} />
        </IconButton>
      </div>
    </>
  );
}

function MemberAdded({ member, onClose }: { member: NewMember; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${member.name.trim()} can sign in`}
      data-testid="staff-added"
      footer={
        <Button variant="primary" onPress={onClose}>
          I have passed it on
        </Button>
      }
    >
      <p>
        Pass these on by a way you trust. The password is stored only as a hash, so this is the last time it
        can be read.
      </p>
      <dl className="mt-4 grid gap-3 text-[0.933rem]">
        <div>
          <dt className="text-[0.84rem] text-ink-faint">E-mail</dt>
          <dd className="flex items-center gap-1 text-ink">
            {member.email.trim()} <CopyButton text={member.email.trim()} label="Copy the e-mail address" />
          </dd>
        </div>
        <div>
          <dt className="mb-1 text-[0.84rem] text-ink-faint">Password</dt>
          <dd>
            <CodeBlock code={member.password} label="the password" />
          </dd>
        </div>
      </dl>
    </Dialog>
  );
}
