import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

export interface PagerProps {
  /** From 1. */
  page: number;
  pageCount: number;
  onPage: (page: number) => void;
  className?: string;
}

/** Back and forth through a long list; nothing where there is one page. */
export function Pager({ page, pageCount, onPage, className }: PagerProps) {
  if (pageCount <= 1 && page <= 1) return null;
  return (
    <nav aria-label="Pages" className={classNames("flex items-center justify-center gap-2", className)}>
      <IconButton label="Previous page" isDisabled={page <= 1} onPress={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden size={17} />
      </IconButton>
      <span className="text-[0.867rem] text-ink-soft tabular-nums" data-testid="pager">
        Page {page} of {pageCount}
      </span>
      <IconButton label="Next page" isDisabled={page >= pageCount} onPress={() => onPage(page + 1)}>
        <ChevronRight aria-hidden size={17} />
      </IconButton>
    </nav>
  );
}
