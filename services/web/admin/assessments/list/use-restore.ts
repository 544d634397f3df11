import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ProblemError } from "../../../api-client/problem-error.ts";
import { showToast } from "../../../ui/toast.tsx";
import { restoreAssessment } from "../assessments-api.ts";

/** Takes an assessment out of the archive and says so. */
export function useRestore(assessmentId: string, title: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => restoreAssessment(assessmentId),
    onSuccess: () => showToast({ tone: "good", title: `“${title}” is out of the archive` }),
    onError: (error) => {
      const { problem } = ProblemError.from(error);
      showToast({ tone: "danger", title: problem.title, text: problem.hint });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["admin", "assessments"] }),
  });
}
