import { FolderOpen } from "lucide-react";
import { EmptyState } from "../ui/states.tsx";

export function NothingToRead() {
  return (
    <div data-testid="nothing-to-read">
      <EmptyState
        icon={<FolderOpen aria-hidden size={28} />}
        title="There are no files to read"
        className="py-24"
      >
        The workspace was empty when it was sealed. You can still rate it: say in the evidence that nothing
        was handed in.
      </EmptyState>
    </div>
  );
}
