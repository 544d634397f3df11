import type { ReactNode } from "react";
import type { CandidateView } from "../../../shared/contracts/candidate.ts";
import { AppShell, PageHeading } from "../../ui/app-shell.tsx";
import { TrialBanner } from "../trial-banner.tsx";
import { LobbySection, LobbyText } from "./lobby-text.tsx";
import { PracticeCard, type PracticeCardProps } from "./practice-card.tsx";
import { StartPanel, type StartPanelProps } from "./start-panel.tsx";
import type { SystemCheck } from "./system-check.ts";
import { SystemCheckList } from "./system-check-list.tsx";

export interface LobbyViewProps extends Omit<StartPanelProps, "view" | "obstacles"> {
  view: CandidateView;
  checks: readonly SystemCheck[];
  practice: PracticeCardProps;
  /** Asking for another date or extra time. */
  requests: ReactNode;
}

export function LobbyView({ view, checks, practice, requests, ...start }: LobbyViewProps) {
  const { lobby } = view;
  return (
    <AppShell>
      <div data-testid="lobby" className="grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_21.5rem]">
        <div>
          <PageHeading
            eyebrow={`${lobby.company.name} · ${lobby.role.title}`}
            title={lobby.title}
            lead={`Hello ${view.candidateName}. Take your time to read this: opening this page does not start the clock.`}
          />
          {view.isTrial ? (
            <div className="mt-6">
              <TrialBanner />
            </div>
          ) : null}
          <div className="mt-10">
            <LobbyText lobby={lobby} />
            {start.expired ? null : (
              <LobbySection title="Try it first">
                <PracticeCard {...practice} />
              </LobbySection>
            )}
            <LobbySection title="Something in the way?">{requests}</LobbySection>
            <LobbySection title="Your computer">
              <SystemCheckList checks={checks} />
            </LobbySection>
          </div>
        </div>
        <aside aria-label="Start" className="lg:sticky lg:top-24 lg:self-start">
          <StartPanel
            view={view}
            obstacles={checks.filter(({ state }) => state === "bad").map(({ detail }) => detail)}
            {...start}
          />
        </aside>
      </div>
    </AppShell>
  );
}
