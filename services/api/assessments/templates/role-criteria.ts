import { criterion } from "./criterion.ts";

/** Criteria of single roles. */

export const integration = criterion(
  "integration",
  "Uses the API as a careful client",
  "Look at paging, time-outs, retries, rate limits, and writes that may happen twice. The request log shows what was met.",
  [
    ["Assumes success", "One call in a row, no paging, no look at the status."],
    ["Notices failures", "Errors are caught, and end the program or are passed over."],
    ["Handles the usual", "Paging is complete; time-outs and the rate limit are respected."],
    [
      "Handles the unusual",
      "Retries wait and give up; writes are safe to repeat; unexpected answers are refused.",
    ],
    [
      "Could run unattended",
      "As above; work resumes where it stopped, and its log would tell an operator what happened.",
    ],
  ],
);

export const dataReality = criterion(
  "data_reality",
  "Handles the data as it really is",
  "Real data has duplicates, wrong labels, mixed formats and personal details. Few people meet all of it.",
  [
    ["Not looked at", "The data is used as if it were clean."],
    ["Noticed late", "An oddity is mentioned, and the results still suffer from it."],
    ["Cleaned where it hurt", "What affects the chosen task is found and handled."],
    [
      "Checked on purpose",
      "Counts and samples came before building; labels that cannot be trusted are treated so.",
    ],
    [
      "Understood",
      "It is said which results hold and which do not; personal details are handled deliberately.",
    ],
  ],
);

export const evaluation = criterion(
  "evaluation",
  "Knows how good it is",
  "A number without a baseline is worth little; a small honest sample is worth much.",
  [
    ["No idea", "Nothing is measured, or a demo stands in for evidence."],
    ["By feel", "A few examples that worked are shown."],
    ["Measured", "A sensible measure on cases that were held out or checked by hand."],
    ["Compared", "Against a baseline, with the errors looked at and grouped."],
    ["Honest about limits", "As above, with uncertainty, the cost of mistakes, and when not to use it."],
  ],
);

export const modelling = criterion(
  "modelling",
  "Chooses a method that fits",
  "Is the method no larger than the problem? Would its author notice leakage between training and test?",
  [
    ["By fashion", "The method is there because it is known, not because it fits."],
    ["By default", "A usual method with usual settings; why it fits is not said."],
    ["By fit", "The method suits the data and the task; the split is sound."],
    ["By comparison", "Simple methods were tried first, and what was gained by more is shown."],
    ["By understanding", "As above; how it fails is known, and what would make it fail more seldom."],
  ],
);

export const reliability = criterion(
  "reliability",
  "Builds for models that are sometimes wrong",
  "Where does output of a model lead to an action? What checks it, what bounds its cost, what would be seen in a log?",
  [
    ["Trusts output", "What a model says is used as it comes."],
    ["Hopes", "Prompts ask for good behaviour, and nothing checks it."],
    ["Checks form", "Output is parsed and validated; what does not fit is refused."],
    ["Checks substance", "Claims are checked against sources; time, cost and repetition are bounded."],
    [
      "Fails safely",
      "As above; hostile input was tried, a person decides where it matters, and runs can be traced.",
    ],
  ],
);

export const systemShape = criterion(
  "system_shape",
  "Gives the system a shape that holds",
  "Could one part be replaced without touching the rest? Is state where one would look for it?",
  [
    ["One piece", "Everything is in one place and depends on everything."],
    ["Split by file", "There are parts, and each knows the inside of the others."],
    ["Split by task", "Each part has a task; data flows one way."],
    [
      "Seams where they matter",
      "What may change (model, store, source) is behind a small interface and can be tested alone.",
    ],
    [
      "Right-sized",
      "As above, with nothing that the task did not need; what would come next has an obvious place.",
    ],
  ],
);
