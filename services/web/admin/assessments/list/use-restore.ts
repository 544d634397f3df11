import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api-client/client.ts";
import { ProblemError } from "../../../api-client/problem-error.ts";
import { showToast } from "../../../ui/toast.tsx";

/** Takes an assessment out of the archive and says so. */
export function useRestore(assessmentId: string, title: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.restoreAssessment(assessmentId),
    onSuccess: () => showToast({ tone: "good", title: `“${title}” is out of the archive` }),
    onError: (error) => {
      const { problem } = ProblemError.from(error);
      showToast({ tone: "danger", title: problem.title, text: problem.hint });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["admin", "assessments"] }),
  });
}
