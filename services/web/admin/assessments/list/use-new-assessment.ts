import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { AssessmentDetail } from "../../../../shared/contracts/composer.ts";

/** Makes an assessment and opens it in the composer; `onOpened` is called once it is there. */
export function useNewAssessment(make: () => Promise<AssessmentDetail>, onOpened: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: make,
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: ["admin", "assessments"] });
      await navigate({ to: "/admin/assessments/$assessmentId", params: { assessmentId: id }, search: {} });
      onOpened();
    },
  });
}
