import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { UpstreamView } from "../../../shared/contracts/models.ts";
import { showToast } from "../../ui/toast.tsx";
import { upstreamsQuery } from "./models-api.ts";

/** A change of an upstream: the answer is the upstream as it is now, and the list is read anew. */
export function useUpstreamChange<Input>(
  change: (input: Input) => Promise<UpstreamView>,
  { said, onDone }: { said?: string; onDone?: () => void } = {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (next) => {
      onDone?.();
      if (said) showToast({ tone: "good", title: said });
      client.setQueryData(
        upstreamsQuery.queryKey,
        (list) => list && { items: list.items.map((one) => (one.id === next.id ? next : one)) },
      );
      void client.invalidateQueries({ queryKey: upstreamsQuery.queryKey });
    },
  });
}
