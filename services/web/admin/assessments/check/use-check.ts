import { useMutation } from "@tanstack/react-query";
import { api } from "../../../api-client/client.ts";
import type { Composer } from "../composer/use-composer.ts";

/** Saves what is unsaved and has that checked; what the check finds comes as events. */
export function useCheck({ draft, see }: Composer, assessmentId: string) {
  return useMutation({
    mutationFn: async () => api.checkAssessmentDraft(assessmentId, { revision: await draft.flush() }),
    onSuccess: see,
  });
}
