import type { Criterion, Rubric } from "../../../shared/contracts/rubric.ts";

function criterion(
  id: string,
  title: string,
  guidance: string,
  anchors: [title: string, description: string][],
): Criterion {
  return {
    id,
    title,
    guidance,
    weight: 1,
    anchors: anchors.map(([anchorTitle, description], index) => ({
      level: index + 1,
      title: anchorTitle,
      description,
    })),
  };
}

/** For an API integrator: someone who makes models and services useful, rather than someone who trains them. */
export const demoRubric: Rubric = {
  criteria: [
    criterion(
      "problem_choice",
      "Chooses a problem worth two hours",
      "Read NOTES.md first. Would an agent notice the difference on Monday? Was something left out on purpose?",
      [
        ["No problem", "Techniques are shown, but it is not said for whom, or why."],
        ["A topic", "A plausible area such as “classification”, without a user or a moment of use."],
        [
          "A user and a task",
          "Names who would use it and for what; the scope fits the time, with some loose ends.",
        ],
        [
          "A grounded choice",
          "Chosen from what the data shows, with a reason; something tempting was left out and it is said why.",
        ],
        [
          "A sharp choice",
          "Small, valuable, argued with numbers from the tickets; the riskiest assumption is named and tested.",
        ],
      ],
    ),
    criterion(
      "working_software",
      "Makes it work",
      "Follow the one command. Look at how the API is called: paging, errors, retries, rate limit, writes that may happen twice.",
      [
        ["Does not run", "Fails at once, and the code suggests that it never ran."],
        ["Runs in part", "Runs only by hand-holding, or on one hard-coded example."],
        ["Runs", "The main path works as described; failures of the API or odd input end it."],
        [
          "Runs reliably",
          "Paging, errors and the rate limit are handled; writes are safe to repeat; a few tests or checks exist.",
        ],
        [
          "Could be handed over",
          "As above, and small, clear and observable; a colleague could run it on Monday.",
        ],
      ],
    ),
    criterion(
      "data_reality",
      "Handles the data as it really is",
      "The data has duplicates, wrong categories, mixed time zones, HTML, quoted replies, several languages, personal data and messages written to steer an AI. Few will meet all of them.",
      [
        ["Not looked at", "The data is used as if it were clean."],
        ["Noticed late", "An oddity or two is mentioned, but the results still suffer from them."],
        ["Cleaned where it hurt", "The problems that affect the chosen task are found and handled."],
        [
          "Checked on purpose",
          "Counts and samples were looked at before building; leakage or untrustworthy labels are treated as such.",
        ],
        [
          "Understood",
          "Says which results can be trusted and which cannot; personal data and hostile messages are handled deliberately.",
        ],
      ],
    ),
    criterion(
      "evaluation",
      "Knows how good it is",
      "How does the candidate know? A number without a baseline is worth little; a small honest sample is worth much.",
      [
        ["No idea", "Nothing is measured, or a demo stands in for evidence."],
        ["By feel", "A few examples that worked are shown."],
        ["Measured", "A sensible measure on held-out or hand-checked cases."],
        ["Compared", "Against a baseline, with the errors looked at and grouped."],
        [
          "Honest about limits",
          "As above, with uncertainty, cost of mistakes for agents or customers, and a point at which it should not be used.",
        ],
      ],
    ),
    criterion(
      "explanation",
      "Explains decisions and trade-offs",
      "NOTES.md and the code’s own structure. Use of AI help is neither good nor bad; owning the result is what counts.",
      [
        ["Not explained", "Choices have to be guessed."],
        ["Described", "What was done is listed, not why."],
        ["Reasoned", "The main choices have reasons."],
        ["Weighed", "Alternatives and their cost are named; open questions are said plainly."],
        [
          "Teaches the reader",
          "One could disagree with a decision and still know exactly what would change if it went the other way.",
        ],
      ],
    ),
  ],
};
