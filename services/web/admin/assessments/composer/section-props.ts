import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import type { ComposerOptions, DraftView } from "../../../../shared/contracts/composer.ts";
import type { GapAt } from "./gaps.ts";

/** What each part of the composer is given. */
export interface SectionProps {
  assessmentId: string;
  content: AssessmentDraft;
  edit: (change: (content: AssessmentDraft) => AssessmentDraft) => void;
  gapAt: GapAt;
  view: DraftView;
  /** Null while they are on their way. */
  options: ComposerOptions | null;
}
