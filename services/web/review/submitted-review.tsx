import { Lock } from "lucide-react";
import type { ReviewView } from "../../shared/contracts/review.ts";
import type { Criterion, Rating, Rubric } from "../../shared/contracts/rubric.ts";
import { classNames } from "../ui/class-names.ts";
import { formatInstant } from "../ui/time-words.ts";
import { References } from "./criterion-card.tsx";
import { type FoundReference, findReferences } from "./file-reference.ts";
import { RECOMMENDATION_NAMES } from "./recommendation-field.tsx";
import { ratingOf, weightedScore } from "./rubric-progress.ts";

export interface SubmittedReviewProps {
  rubric: Rubric;
  review: ReviewView;
  paths: ReadonlySet<string>;
  onFollow: (reference: FoundReference) => void;
}

/** A review that is locked: the score, then each criterion with what was written. */
export function SubmittedReview({ rubric, review, paths, onFollow }: SubmittedReviewProps) {
  const score = weightedScore(rubric, review.ratings);
  return (
    <div data-testid="submitted-review">
      <div className="border-b border-line px-5 py-5">
        <p className="flex items-center gap-2 text-[0.867rem] text-ink-soft">
          <Lock aria-hidden size={14} className="text-accent" />
          Submitted {review.submittedAt ? formatInstant(review.submittedAt) : ""} and locked
        </p>
        <div className="mt-3 flex items-end justify-between gap-4">
          <p className="leading-none">
            <span
              className="text-[2.4rem] font-[640] tracking-[-0.03em] tabular-nums"
              data-testid="weighted-score"
            >
              {score === null ? "–" : score.toFixed(2)}
            </span>
            <span className="ml-1.5 text-ink-faint">of 5, weighted</span>
          </p>
          {review.recommendation ? <RecommendationMark value={review.recommendation} /> : null}
        </div>
      </div>
      {rubric.criteria.map((criterion) => (
        <SubmittedRating
          key={criterion.id}
          criterion={criterion}
          rating={ratingOf(review.ratings, criterion.id)}
          paths={paths}
          onFollow={onFollow}
        />
      ))}
      {review.summary.trim() ? (
        <div className="px-5 py-5">
          <h3 className="text-[0.933rem] font-[620]">Summary</h3>
          <p className="mt-1 break-words whitespace-pre-wrap text-ink-soft">{review.summary}</p>
        </div>
      ) : null}
    </div>
  );
}

function RecommendationMark({ value }: { value: NonNullable<ReviewView["recommendation"]> }) {
  return (
    <span
      className={classNames(
        "rounded-lg border px-3 py-1.5 text-[0.933rem] font-[620]",
        value.endsWith("no")
          ? "border-danger-line bg-danger-soft text-danger"
          : "border-accent-line bg-accent-soft text-accent",
      )}
    >
      {RECOMMENDATION_NAMES[value]}
    </span>
  );
}

interface SubmittedRatingProps {
  criterion: Criterion;
  rating: Rating;
  paths: ReadonlySet<string>;
  onFollow: (reference: FoundReference) => void;
}

function SubmittedRating({ criterion, rating, paths, onFollow }: SubmittedRatingProps) {
  const anchor = criterion.anchors.find(({ level }) => level === rating.level);
  const references = findReferences(rating.evidence, paths);
  return (
    <section className="border-b border-line px-5 py-4">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="text-[0.967rem] leading-snug font-[620]">{criterion.title}</h3>
        <span className="text-[0.8rem] whitespace-nowrap text-ink-faint">
          {criterion.weight === 1 ? "" : `weight ${criterion.weight}`}
        </span>
      </div>
      <p className="mt-1.5 flex items-center gap-2.5 text-[0.9rem]">
        <LevelBar level={rating.level ?? 0} />
        <span className="font-medium">
          {rating.level ?? "–"} · {anchor?.title ?? "not rated"}
        </span>
      </p>
      <p className="mt-2 break-words whitespace-pre-wrap text-[0.9rem] text-ink-soft">{rating.evidence}</p>
      {references.length > 0 ? (
        <div className="mt-2 flex flex-wrap gap-1.5">
          <References references={references} onFollow={onFollow} />
        </div>
      ) : null}
    </section>
  );
}

function LevelBar({ level }: { level: number }) {
  return (
    <span aria-hidden className="flex gap-[3px]">
      {[1, 2, 3, 4, 5].map((step) => (
        <span
          key={step}
          className={classNames("h-2 w-4 rounded-[3px]", step <= level ? "bg-accent" : "bg-ink/12")}
        />
      ))}
    </span>
  );
}
