import { FileSpreadsheet } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { DropZone } from "../../ui/drop-zone.tsx";
import { Select, TextArea, TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { timeZoneName } from "../../ui/time-words.ts";
import { FACTORS, versionOptions } from "../invite-options.ts";
import { readFile } from "./bulk-input.ts";
import type { BulkViewProps } from "./bulk-view.tsx";

type BulkFormProps = Pick<BulkViewProps, "input" | "errors" | "onInput" | "check"> & {
  versions: NonNullable<BulkViewProps["versions"]>;
};

export function BulkForm({ versions, input, errors, onInput, check }: BulkFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.run();
  };
  return (
    <Form onSubmit={submit} validationBehavior="aria" className="grid gap-6" data-testid="bulk-form">
      <Card title="The table">
        <TableInput input={input} onInput={onInput} error={errors.table} />
      </Card>
      <Card title="For everyone in it" description="Unless a line says otherwise in a column of its own.">
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Assessment"
            options={versionOptions(versions)}
            value={input.assessmentVersionId}
            onChange={(assessmentVersionId) => onInput({ ...input, assessmentVersionId })}
            error={errors.assessmentVersionId}
            className="sm:col-span-2"
            data-testid="bulk-version"
          />
          <TextField
            label="Start before"
            description={`When the links end. ${timeZoneName(new Date().toISOString())}`}
            type="datetime-local"
            value={input.expiresAt}
            onChange={(expiresAt) => onInput({ ...input, expiresAt })}
            error={errors.expiresAt}
          />
          <Select
            label="Extra time"
            description="Reviewers never see it."
            options={FACTORS}
            value={input.extraTimeFactor}
            onChange={(extraTimeFactor) => onInput({ ...input, extraTimeFactor })}
          />
        </div>
      </Card>
      {check.error ? <ErrorState error={check.error} /> : null}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" isPending={check.isPending} data-testid="bulk-check">
          Check the table
        </Button>
      </div>
    </Form>
  );
}

const EXAMPLE = `name,email,until,extra time
Maya Lindqvist,maya@example.com,,
Jonas Weber,jonas@example.com,2026-12-18,25%`;

function TableInput({
  input,
  onInput,
  error,
}: Pick<BulkFormProps, "input" | "onInput"> & { error?: string }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const read = await readFile(file);
    setRefusal("refusal" in read ? read.refusal : null);
    if ("base64" in read) onInput({ ...input, file: { name: file.name, base64: read.base64 } });
  };
  if (input.file)
    return (
      <div
        className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sunken px-4 py-3"
        data-testid="bulk-file"
      >
        <FileSpreadsheet aria-hidden size={18} className="text-accent" />
        <span className="min-w-0 flex-1 truncate font-medium">{input.file.name}</span>
        <Button size="small" onPress={() => onInput({ ...input, file: null })}>
          Remove
        </Button>
      </div>
    );
  return (
    <div className="grid gap-4">
      <DropZone
        compact
        accept={[".csv", ".tsv", ".txt"]}
        title="Drop a CSV file here"
        buttonLabel="Choose a file"
        onFiles={([file]) => void take(file)}
        data-testid="bulk-drop"
      >
        Up to 5,000 lines. Separator and encoding are found out.
      </DropZone>
      {refusal ? (
        <Banner tone="danger" role="alert" title="This file cannot be taken">
          {refusal}
        </Banner>
      ) : null}
      <TextArea
        label="Or paste it"
        description="From a spreadsheet, too. Columns are known by their names; others are left alone."
        placeholder={EXAMPLE}
        mono
        rows={7}
        value={input.text}
        onChange={(text) => onInput({ ...input, text })}
        error={error}
        data-testid="bulk-text"
      />
    </div>
  );
}
