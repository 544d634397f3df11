import type { ReactNode } from "react";
import type { LobbyView } from "../../../shared/contracts/candidate.ts";
import { Markdown } from "../../ui/markdown.tsx";
import { OffersText, recordedOf } from "./lobby-offers.tsx";
import { ROLE_WORDS } from "./role-words.ts";

export type LobbyWords = Pick<
  LobbyView,
  "expectations" | "role" | "company" | "aiPolicy" | "disclosures" | "offers"
>;

/** What the lobby says: how it will go, for whom, and by which rules. Also shown to whoever writes it. */
export function LobbyText({ lobby }: { lobby: LobbyWords }) {
  const { offers } = lobby;
  return (
    <>
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
      {offers.models.length + offers.packages.length > 0 ? (
        <LobbySection title={offersTitle(offers)}>
          <OffersText offers={offers} />
        </LobbySection>
      ) : null}
      <LobbySection title="What is recorded">
        <ul className="list-disc space-y-1.5 pl-5 marker:text-ink-faint">
          {[...lobby.disclosures, ...recordedOf(offers)].map((disclosure) => (
            <li key={disclosure}>{disclosure}</li>
          ))}
        </ul>
      </LobbySection>
    </>
  );
}

function offersTitle({ models, packages }: LobbyWords["offers"]): string {
  if (packages.length === 0) return "Models";
  return models.length === 0 ? "Packages" : "Models and packages";
}

/** Title in the margin, text beside it: one rule between sections, no boxes. */
export function LobbySection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-2 border-t border-line py-7 sm:grid-cols-[9.5rem_minmax(0,1fr)]">
      <h2 className="font-[620]">{title}</h2>
      <div className="min-w-0 max-w-[62ch] text-ink-soft">{children}</div>
    </section>
  );
}
