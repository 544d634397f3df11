import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { ROLE_TYPE_NAMES } from "../../../../shared/contracts/common.ts";
import { LobbyText } from "../../../candidate/lobby/lobby-text.tsx";
import { durationWords } from "../../../ui/time-words.ts";
import { draftOffers } from "./draft-offers.ts";

/** The lobby as candidates will read it, with the same parts of the page. */
export function LobbyPreview({ content }: { content: AssessmentDraft }) {
  const { company, role, title, limitSec } = content;
  return (
    <section
      aria-label="Preview of the lobby"
      data-testid="lobby-preview"
      className="rounded-xl border border-line bg-page px-5 pt-6 sm:px-8"
    >
      <p className="mb-2 text-[0.933rem] font-medium text-accent">
        {[company.name, role.title].filter(Boolean).join(" · ") || "Company · Role"}
      </p>
      <p className="text-[1.6rem] leading-[1.15] font-[640] tracking-[-0.02em] [overflow-wrap:anywhere]">
        {title || "Untitled"}
      </p>
      <p className="mt-2 mb-6 text-ink-soft">
        {limitSec ? `${durationWords(limitSec)}, in one sitting.` : "The time is not set yet."}
      </p>
      <LobbyText
        lobby={{
          expectations: content.expectations || "_Nothing is said yet._",
          role: { ...role, typeName: ROLE_TYPE_NAMES[role.type] },
          company,
          aiPolicy: {
            ...content.aiPolicy,
            statement: content.aiPolicy.statement || "_Nothing is said yet._",
          },
          offers: draftOffers(content),
          disclosures: content.disclosures.filter((text) => text.trim() !== ""),
        }}
      />
    </section>
  );
}
