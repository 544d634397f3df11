import type { ReactNode } from "react";
import type { CandidateView } from "../../../shared/contracts/candidate.ts";
import { AppShell, PageHeading } from "../../ui/app-shell.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { PracticeCard, type PracticeCardProps } from "./practice-card.tsx";
import { ROLE_WORDS } from "./role-words.ts";
import { StartPanel, type StartPanelProps } from "./start-panel.tsx";
import type { SystemCheck } from "./system-check.ts";
import { SystemCheckList } from "./system-check-list.tsx";

export interface LobbyViewProps extends Omit<StartPanelProps, "view" | "obstacles"> {
  view: CandidateView;
  checks: readonly SystemCheck[];
  practice: PracticeCardProps;
}

export function LobbyView({ view, checks, practice, ...start }: LobbyViewProps) {
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
          <div className="mt-10">
            <LobbySection title="What to expect">
              <Markdown text={lobby.expectations} headingLevel={3} />
            </LobbySection>
            <LobbySection title="The role">
              <p>
                <strong className="font-[620] text-ink">{lobby.role.typeName}.</strong>{" "}
                {ROLE_WORDS[lobby.role.type]}
              </p>
              {lobby.company.about ? <p className="mt-3">{lobby.company.about}</p> : null}
            </LobbySection>
            <LobbySection title="Using AI">
              <Markdown text={lobby.aiPolicy.statement} headingLevel={3} />
            </LobbySection>
            <LobbySection title="What is recorded">
              <ul className="list-disc space-y-1.5 pl-5 marker:text-ink-faint">
                {lobby.disclosures.map((disclosure) => (
                  <li key={disclosure}>{disclosure}</li>
                ))}
              </ul>
            </LobbySection>
            <LobbySection title="Try it first">
              <PracticeCard {...practice} />
            </LobbySection>
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

/** Title in the margin, text beside it: one rule between sections, no boxes. */
function LobbySection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-2 border-t border-line py-7 sm:grid-cols-[9.5rem_minmax(0,1fr)]">
      <h2 className="font-[620]">{title}</h2>
      <div className="min-w-0 max-w-[62ch] text-ink-soft">{children}</div>
    </section>
  );
}
