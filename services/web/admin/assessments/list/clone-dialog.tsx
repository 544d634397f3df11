import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { Form } from "react-aria-components";
import { api } from "../../../api-client/client.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { ErrorState } from "../../../ui/states.tsx";

export interface CloneDialogProps {
  assessmentId: string;
  title: string;
  /** The published version to start from; without one, the draft. */
  version?: { id: string; number: number };
  onClose: () => void;
}

/** A new assessment that starts as a copy. */
export function CloneDialog({ assessmentId, title, version, onClose }: CloneDialogProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const formId = useId();
  const [name, setName] = useState(`${title} (copy)`.slice(0, 200));
  const [wasTried, setTried] = useState(false);
  const cloning = useMutation({
    mutationFn: () =>
      api.cloneAssessment(assessmentId, {
        title: name.trim(),
        ...(version ? { assessmentVersionId: version.id } : {}),
      }),
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
    if (name.trim() !== "") cloning.mutate();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={cloning.isPending}
      title={version ? `Clone version ${version.number}` : "Clone the assessment"}
      data-testid="clone-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={cloning.isPending}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={cloning.isPending}
            data-testid="clone-confirm"
          >
            Clone
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-4">
        <p>The copy is a draft of its own: nothing you change in it touches the original.</p>
        <TextField
          label="Title"
          value={name}
          onChange={setName}
          maxLength={200}
          autoFocus
          error={wasTried && name.trim() === "" ? "Give it a title." : null}
          data-testid="clone-title"
        />
        {cloning.error ? <ErrorState error={cloning.error} /> : null}
      </Form>
    </Dialog>
  );
}
