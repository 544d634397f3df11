import type { Rating, Rubric } from "../../shared/contracts/rubric.ts";
import { TextArea } from "../ui/field.tsx";
import { CriterionCard } from "./criterion-card.tsx";
import type { FoundReference } from "./file-reference.ts";
import { RecommendationField } from "./recommendation-field.tsx";
import { type ReviewContent, ratingOf } from "./rubric-progress.ts";

export interface RubricFormProps {
  rubric: Rubric;
  content: ReviewContent;
  focusedCriterion: string;
  showGaps: boolean;
  reference: string | null;
  paths: ReadonlySet<string>;
  onContent: (content: ReviewContent) => void;
  onFocusCriterion: (id: string) => void;
  onFollow: (reference: FoundReference) => void;
}

/** Every criterion with its anchored levels and evidence, then the recommendation and a summary. */
export function RubricForm(props: RubricFormProps) {
  const { rubric, content, onContent } = props;
  const rate = (id: string, rating: Rating) =>
    onContent({ ...content, ratings: { ...content.ratings, [id]: rating } });
  return (
    <div data-testid="rubric-form">
      {rubric.criteria.map((criterion, at) => (
        <CriterionCard
          key={criterion.id}
          criterion={criterion}
          number={at + 1}
          rating={ratingOf(content.ratings, criterion.id)}
          isFocused={props.focusedCriterion === criterion.id}
          showGaps={props.showGaps}
          reference={props.reference}
          paths={props.paths}
          onRating={(rating) => rate(criterion.id, rating)}
          onFocus={() => props.onFocusCriterion(criterion.id)}
          onFollow={props.onFollow}
        />
      ))}
      <div className="flex flex-col gap-5 px-5 py-5">
        <RecommendationField
          value={content.recommendation}
          onChange={(recommendation) => onContent({ ...content, recommendation })}
          error={props.showGaps && content.recommendation === null ? "Choose one." : null}
        />
        <TextArea
          label="Summary"
          description="For the people who decide: what stands out, and what you would ask next."
          rows={5}
          maxLength={20_000}
          error={props.showGaps && content.summary.trim() === "" ? "Write a sentence or two." : null}
          value={content.summary}
          onChange={(summary) => onContent({ ...content, summary })}
          data-testid="review-summary"
        />
      </div>
    </div>
  );
}
