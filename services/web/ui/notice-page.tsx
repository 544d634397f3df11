import type { ReactNode } from "react";
import { AppShell } from "./app-shell.tsx";
import { useDocumentTitle } from "./document-title.ts";

export interface NoticePageProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** Small print at the foot, such as a request id. */
  footnote?: ReactNode;
  /** `alert` reads the page out when it replaces another. */
  role?: "alert" | "status";
  "data-testid"?: string;
}

/** A page with one thing to say. */
export function NoticePage({ icon, title, children, actions, footnote, role, ...rest }: NoticePageProps) {
  useDocumentTitle(title);
  return (
    <AppShell width="narrow">
      <div role={role} data-testid={rest["data-testid"]} className="flex flex-col items-start py-[8vh]">
        {icon ? (
          <div className="mb-6 grid size-12 place-items-center rounded-xl border border-line bg-surface text-accent">
            {icon}
          </div>
        ) : null}
        <h1 className="text-[1.75rem] leading-[1.15] font-[640] tracking-[-0.025em]">{title}</h1>
        {children ? (
          <div className="mt-3 flex max-w-prose flex-col gap-3 text-[1.067rem] text-ink-soft">{children}</div>
        ) : null}
        {actions ? <div className="mt-7 flex flex-wrap gap-3">{actions}</div> : null}
        {footnote ? <div className="mt-8 text-[0.867rem] text-ink-faint">{footnote}</div> : null}
      </div>
    </AppShell>
  );
}
