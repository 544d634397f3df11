import type { z } from "zod";
import type { AssessmentVersionItem } from "../../shared/contracts/admin.ts";
import { Banner } from "../ui/banner.tsx";
import { Checkbox, Select, TextField } from "../ui/field.tsx";
import { ErrorState, SkeletonText } from "../ui/states.tsx";
import { timeZoneName } from "../ui/time-words.ts";
import type { InviteErrors, InviteInput } from "./invite-input.ts";
import { FACTORS, versionOptions } from "./invite-options.ts";

export interface InviteFieldsProps {
  input: InviteInput;
  errors: InviteErrors;
  /** Null while loading. */
  versions: readonly z.infer<typeof AssessmentVersionItem>[] | null;
  versionsError: unknown;
  onRetryVersions: () => void;
  /** Null while that is not known. */
  isMailConfigured: boolean | null;
  onInput: (input: InviteInput) => void;
}

export function InviteFields(props: InviteFieldsProps) {
  const { input, errors, versions, versionsError, onInput } = props;
  if (versionsError && !versions) return <ErrorState error={versionsError} onRetry={props.onRetryVersions} />;
  if (!versions) return <SkeletonText lines={6} label="Loading the assessments" />;
  if (versions.length === 0) {
    return (
      <Banner tone="warn" title="There is no published assessment yet">
        Publish one first; then candidates can be invited to it.
      </Banner>
    );
  }
  const set =
    <Key extends keyof InviteInput>(key: Key) =>
    (value: InviteInput[Key]) =>
      onInput({ ...input, [key]: value });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <Select
          label="Assessment"
          options={versionOptions(versions)}
          value={input.assessmentVersionId}
          onChange={set("assessmentVersionId")}
          error={errors.assessmentVersionId}
          data-testid="invite-version"
        />
      </div>
      <TextField
        label="Name"
        autoComplete="off"
        maxLength={200}
        value={input.candidateName}
        onChange={set("candidateName")}
        error={errors.candidateName}
        data-testid="invite-name"
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="off"
        maxLength={254}
        value={input.candidateEmail}
        onChange={set("candidateEmail")}
        error={errors.candidateEmail}
        data-testid="invite-email"
      />
      <TextField
        label="Start before"
        description={`When the link ends. ${timeZoneName(new Date().toISOString())}`}
        type="datetime-local"
        value={input.expiresAt}
        onChange={set("expiresAt")}
        error={errors.expiresAt}
        data-testid="invite-expires"
      />
      <Select
        label="Extra time"
        description="Reviewers never see it."
        options={FACTORS}
        value={input.extraTimeFactor}
        onChange={set("extraTimeFactor")}
        data-testid="invite-factor"
      />
      {props.isMailConfigured === null ? null : props.isMailConfigured ? (
        <Checkbox
          isSelected={input.sendEmail}
          onChange={set("sendEmail")}
          className="sm:col-span-2"
          data-testid="invite-send"
        >
          Send the link by e-mail
        </Checkbox>
      ) : (
        <p className="text-[0.867rem] text-ink-faint sm:col-span-2" data-testid="invite-no-mail">
          No mail server is set up. You get the link and send it yourself.
        </p>
      )}
    </div>
  );
}
