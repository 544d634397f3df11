import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { ThemeSwitch } from "./theme-switch.tsx";
import { Wordmark } from "./wordmark.tsx";

export interface TopBarProps {
  /** After the wordmark: title, breadcrumbs, navigation. */
  children?: ReactNode;
  /** At the right, before the theme switch. */
  actions?: ReactNode;
  /** Only the sign, without the word: always, or where room is scarce. */
  compactMark?: boolean | "phone";
  wide?: boolean;
}

export function TopBar({ children, actions, compactMark, wide }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-page/95 backdrop-blur-sm">
      <div
        className={classNames(
          "mx-auto flex h-14 items-center gap-3 px-4 sm:gap-5",
          wide ? "max-w-none" : "max-w-6xl sm:px-8",
        )}
      >
        <Wordmark compact={compactMark} />
        <div className="flex min-w-0 flex-1 items-center gap-4">{children}</div>
        <div className="flex items-center gap-1 sm:gap-2">
          {actions}
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}

export interface AppShellProps {
  topBar?: ReactNode;
  children: ReactNode;
  /** Reading width, page width, all of it, or a room that fills the window and scrolls inside. */
  width?: "narrow" | "page" | "full" | "bleed";
}

const PADDED = "px-4 py-8 sm:px-8 sm:py-12";
const WIDTHS = {
  narrow: `max-w-2xl ${PADDED}`,
  page: `max-w-6xl ${PADDED}`,
  full: `max-w-none ${PADDED}`,
  bleed: "flex h-[calc(100dvh-3.5rem)] max-w-none flex-col",
};

/** A page: skip link, top bar, main. One per page. */
export function AppShell({ topBar = <TopBar />, children, width = "page" }: AppShellProps) {
  return (
    <>
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      {topBar}
      <main id="main" tabIndex={-1} className={classNames("mx-auto w-full outline-none", WIDTHS[width])}>
        {children}
      </main>
    </>
  );
}

export interface PageHeadingProps {
  /** A small line above: what kind of page, or whose. */
  eyebrow?: ReactNode;
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
}

export function PageHeading({ eyebrow, title, lead, actions }: PageHeadingProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="max-w-2xl">
        {eyebrow ? <p className="mb-2 text-[0.933rem] font-medium text-accent">{eyebrow}</p> : null}
        <h1 className="text-[1.75rem] leading-[1.15] font-[640] tracking-[-0.02em] sm:text-[2.1rem]">
          {title}
        </h1>
        {lead ? <p className="mt-3 text-[1.067rem] text-ink-soft">{lead}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
