import { criterion } from "./criterion.ts";

/** Criteria that fit every role; reviewers find what to look at in the guidance. */

export const problemChoice = criterion(
  "problem_choice",
  "Chooses a problem worth the time",
  "Read NOTES.md first. Who would notice the difference, and when? What was left out on purpose?",
  [
    ["No problem", "Techniques are shown; for whom, and why, is not said."],
    ["A topic", "A plausible area is named, without a user or a moment of use."],
    ["A user and a task", "It is clear who would use it and for what; the scope fits the time."],
    [
      "A grounded choice",
      "The choice follows from what the data or the API shows, and something tempting was left out.",
    ],
    [
      "A sharp choice",
      "Small and valuable, argued with numbers; the riskiest assumption is named and tested.",
    ],
  ],
);

export const workingSoftware = criterion(
  "working_software",
  "Makes it work",
  "Follow the one command. Try odd input. Does it say what went wrong?",
  [
    ["Does not run", "It fails at once, and nothing suggests that it ever ran."],
    ["Runs in part", "It needs hand-holding, or works on one hard-coded example."],
    ["Runs", "The main path works as described; odd input or a failing service ends it."],
    ["Runs reliably", "Failures are expected and handled; the parts that matter have tests or checks."],
    [
      "Could be handed over",
      "As above, and small, clear and observable; a colleague could run it on Monday.",
    ],
  ],
);

export const explanation = criterion(
  "explanation",
  "Explains decisions and trade-offs",
  "NOTES.md and the structure of the code. Using AI help is neither good nor bad; owning the result counts.",
  [
    ["Not explained", "Choices have to be guessed."],
    ["Described", "It is listed what was done, not why."],
    ["Reasoned", "The main choices have reasons."],
    ["Weighed", "Alternatives and their cost are named; open questions are said plainly."],
    [
      "Teaches the reader",
      "One could disagree with a decision and still see what would change if it went the other way.",
    ],
  ],
);
