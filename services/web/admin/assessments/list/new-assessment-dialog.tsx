import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TemplateId } from "../../../../shared/contracts/composer.ts";
import { api } from "../../../api-client/client.ts";
import { ChoiceCards } from "../../../ui/choice-cards.tsx";
import { TextField } from "../../../ui/field.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { ErrorState, SkeletonText } from "../../../ui/states.tsx";
import { optionsQuery } from "../assessments-api.ts";
import { useNewAssessment } from "./use-new-assessment.ts";

/** A title and what to start from; everything else is written in the composer. */
export function NewAssessmentDialog({ onClose }: { onClose: () => void }) {
  const options = useQuery(optionsQuery);
  const [title, setTitle] = useState("");
  const [template, setTemplate] = useState<TemplateId>("api_integrator");
  const [wasTried, setTried] = useState(false);
  const creating = useNewAssessment(() => api.createAssessment({ title: title.trim(), template }), onClose);
  const submit = () => {
    setTried(true);
    if (title.trim() !== "") creating.mutate();
  };
  return (
    <FormDialog
      name="new-assessment"
      size="medium"
      title="New assessment"
      confirmLabel="Create the draft"
      isConfirmDisabled={!options.data}
      onClose={onClose}
      onSubmit={submit}
      isPending={creating.isPending}
      error={creating.error}
    >
      <TextField
        label="Title"
        description="Candidates read it, too."
        placeholder="Make support better, in two hours"
        value={title}
        onChange={setTitle}
        maxLength={200}
        autoFocus
        error={wasTried && title.trim() === "" ? "Give it a title." : null}
        data-testid="new-title"
      />
      {options.error ? (
        <ErrorState error={options.error} onRetry={() => void options.refetch()} />
      ) : options.data ? (
        <ChoiceCards
          label="Start from"
          choices={options.data.templates.map(({ id, title, description }) => ({
            value: id,
            label: title,
            description,
          }))}
          value={template}
          onChange={setTemplate}
        />
      ) : (
        <SkeletonText lines={4} label="Loading the templates" />
      )}
    </FormDialog>
  );
}
