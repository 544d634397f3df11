import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { Form } from "react-aria-components";
import type { TemplateId } from "../../../../shared/contracts/composer.ts";
import { api } from "../../../api-client/client.ts";
import { Button } from "../../../ui/button.tsx";
import { ChoiceCards } from "../../../ui/choice-cards.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { ErrorState, SkeletonText } from "../../../ui/states.tsx";
import { optionsQuery } from "../assessments-api.ts";

/** A title and what to start from; everything else is written in the composer. */
export function NewAssessmentDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const options = useQuery(optionsQuery);
  const [title, setTitle] = useState("");
  const [template, setTemplate] = useState<TemplateId>("api_integrator");
  const [wasTried, setTried] = useState(false);
  const creating = useMutation({
    mutationFn: () => api.createAssessment({ title: title.trim(), template }),
    onSuccess: async (created) => {
      void client.invalidateQueries({ queryKey: ["admin", "assessments"] });
      await navigate({
        to: "/admin/assessments/$assessmentId",
        params: { assessmentId: created.id },
        search: {},
      });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (title.trim() !== "") creating.mutate();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={creating.isPending}
      size="medium"
      title="New assessment"
      data-testid="new-assessment-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={creating.isPending}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={creating.isPending}
            isDisabled={!options.data}
            data-testid="create-assessment"
          >
            Create the draft
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-5">
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
        {creating.error ? <ErrorState error={creating.error} /> : null}
      </Form>
    </Dialog>
  );
}
