import { useEffect } from "react";

/** Names the browser tab, for example `Review queue · Worksample`. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Worksample`;
  }, [title]);
}
