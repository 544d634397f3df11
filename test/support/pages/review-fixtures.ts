import type { z } from "zod";
import type { StaffMe } from "../../../services/shared/contracts/admin.ts";
import type {
  FileView,
  QueueItem,
  ReviewView,
  SubmissionEntry,
  SubmissionTreeView,
  SubmissionView,
} from "../../../services/shared/contracts/review.ts";
import type { Rubric } from "../../../services/shared/contracts/rubric.ts";
import { SUBMITTED_FILES, type SubmittedFile } from "./submitted-files.ts";

export const SUBMISSION_ID = "6f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01";
export const SUBMISSION = `/api/review/submissions/${SUBMISSION_ID}`;

export const REVIEWER: StaffMe = {
  id: "staff-reviewer",
  name: "Noor Haddad",
  email: "noor@harbourly.example",
  role: "reviewer",
};
export const ADMIN: StaffMe = {
  id: "staff-admin",
  name: "Tove Lindqvist",
  email: "tove@harbourly.example",
  role: "admin",
};

const queueItem = (
  number: number,
  codeName: string,
  over: Partial<QueueItem> = {},
): z.infer<typeof QueueItem> => ({
  submissionId: `6f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a${String(number).padStart(2, "0")}`,
  codeName,
  assessmentTitle: "Support triage assistant",
  roleTitle: "Applied AI engineer",
  roleType: 1,
  sealedAt: `2026-03-${String(20 - number).padStart(2, "0")}T1${number % 10}:2${number % 6}:08.000Z`,
  myReview: "none",
  reviewsSubmitted: 0,
  ...over,
});

const RANKING = {
  assessmentTitle: "Ranking model for help articles",
  roleTitle: "Machine learning engineer",
  roleType: 2 as const,
};

export const QUEUE: QueueItem[] = [
  queueItem(1, "Quiet Heron 41", { myReview: "draft" }),
  queueItem(2, "Brisk Otter 7", { reviewsSubmitted: 1 }),
  queueItem(3, "Amber Lynx 90", { ...RANKING, reviewsSubmitted: 2, myReview: "submitted" }),
  queueItem(4, "Copper Finch 18"),
  queueItem(5, "Silver Marten 63", { ...RANKING, reviewsSubmitted: 1 }),
  queueItem(6, "Brisk Otter 12", { reviewsSubmitted: 1, myReview: "submitted" }),
  queueItem(7, "Patient Crane 5", { ...RANKING }),
];

const anchors = (...levels: [title: string, description: string][]): Rubric["criteria"][number]["anchors"] =>
  levels.map(([title, description], at) => ({ level: at + 1, title, description }));

export const RUBRIC: Rubric = {
  criteria: [
    {
      id: "problem_framing",
      title: "Frames the problem",
      guidance: "README and notes: is it clear which tickets matter most, and what a wrong answer costs?",
      weight: 1,
      anchors: anchors(
        ["No framing", "Starts coding; nothing says what success would look like."],
        ["Restates the task", "Repeats the brief without choosing anything."],
        ["Chooses a slice", "Picks a useful part and says why, without numbers."],
        ["Weighs costs", "Names what each kind of mistake costs and designs for it."],
        ["Measures first", "Looks at the data first; the choices follow from what was found."],
      ),
    },
    {
      id: "api_use",
      title: "Uses the API with care",
      guidance: "Pagination, rate limits, retries and idempotency in the help desk client.",
      weight: 2,
      anchors: anchors(
        ["Breaks", "Fails on the first error or reads only the first page."],
        ["Happy path", "Works while nothing goes wrong."],
        ["Handles errors", "Retries and reads all pages; some errors are swallowed."],
        ["Robust", "Honours Retry-After, bounds its retries, reports what it could not do."],
        ["Production-minded", "Idempotent writes, back-off with jitter, tested against failures."],
      ),
    },
    {
      id: "evaluation",
      title: "Knows whether it works",
      guidance: "Is there an evaluation that could have come out badly?",
      weight: 2,
      anchors: anchors(
        ["None", "No check beyond running it."],
        ["Anecdotes", "A few examples by eye."],
        ["A number", "One metric on held-out tickets."],
        ["Error analysis", "Metrics per queue, and a look at what goes wrong."],
        ["Decides by it", "Compares with a baseline and changes course because of it."],
      ),
    },
    {
      id: "communication",
      title: "Explains itself",
      guidance: "",
      weight: 1,
      anchors: anchors(
        ["Opaque", "No README, or one that does not help."],
        ["Thin", "How to run it, nothing more."],
        ["Clear", "What it does, how to run it, what is missing."],
        ["Candid", "Trade-offs and known faults are named."],
        ["Ready to hand over", "A colleague could take over tomorrow."],
      ),
    },
  ],
};

const BRIEF = `# Support triage assistant

Harbourly answers about 3,000 support tickets a week. Build something that helps a support agent
**sort new tickets into the right queue** and find what earlier tickets say.

## What you have

- \`/datasets/support-tickets\`: a year of tickets, as CSV
- \`http://helpdesk.internal\`: the help desk's API

| queue | share |
| --- | --- |
| payments | 31 % |
| account access | 24 % |
| everything else | 45 % |

## What we look at

1. Whether it is useful, and how you know
2. How it behaves when the API does not
`;

export const submission = (over: Partial<SubmissionView> = {}): SubmissionView => ({
  submissionId: SUBMISSION_ID,
  codeName: "Quiet Heron 41",
  sealedAt: "2026-03-19T11:21:08.412Z",
  reason: "candidate",
  fileCount: 31,
  totalBytes: 1_482_113,
  archiveSha256: "9f2c4be1a7d05c3e8b16f0a94d7732c15e6b8f90ad41c2379be8d1f60c5a7e34",
  notesToReviewer:
    "I spent the first twenty minutes on the data: **a third of the tickets are re-opened ones**, so I left them out of the evaluation.\n\nWith more time I would cache embeddings (`src/search.py`).",
  assessment: {
    title: "Support triage assistant",
    roleTitle: "Applied AI engineer",
    roleType: 1,
    brief: BRIEF,
    aiPolicy: {
      kind: "assistant",
      statement: "You may use AI help. Say in the notes what you used it for.",
    },
    hasModels: true,
    hasPackages: true,
  },
  rubric: RUBRIC,
  review: null,
  ...over,
});

export const review = (over: Partial<ReviewView> = {}): ReviewView => ({
  id: "0d6a1f0a-2f6e-4d0d-9a57-0b8f6f6f2a99",
  state: "draft",
  ratings: {
    problem_framing: {
      level: 5,
      evidence:
        "Counts re-opened tickets before choosing anything, README.md:9-14. Leaves them out and says so.",
    },
    api_use: { level: 3, evidence: "Reads every page, but src/helpdesk.py:21-24 swallows a 503." },
  },
  summary: "",
  recommendation: null,
  revision: 4,
  updatedAt: "2026-03-20T09:12:44.000Z",
  submittedAt: null,
  ...over,
});

export const COMPLETE = {
  ratings: {
    ...review().ratings,
    evaluation: {
      level: 4,
      evidence: "Per-queue recall in tests/test_triage.py:8-15, with the worst cases listed.",
    },
    communication: { level: 4, evidence: "README.md names three known faults." },
  },
  summary:
    "Careful with data, a little careless with the network. I would ask how they would run this for a week.",
  recommendation: "yes" as const,
};

const entryOf = (file: SubmittedFile, index: number): SubmissionEntry => ({
  index,
  path: file.path,
  type: file.kind === "symlink" ? "symlink" : "file",
  size: file.size ?? Buffer.byteLength(file.text ?? file.starter ?? ""),
  change: file.change,
  starterIndex:
    file.change === "modified" || file.change === "unchanged"
      ? index
      : file.change === "deleted"
        ? index
        : null,
});

export const tree = (over: Partial<SubmissionTreeView> = {}): z.infer<typeof SubmissionTreeView> => ({
  entries: SUBMITTED_FILES.map(entryOf),
  omitted: [
    { path: "run/worker.sock", reason: "socket" },
    { path: "data/embeddings.npy", reason: "larger_than_workspace" },
  ],
  hiddenGitFiles: 214,
  truncated: false,
  ...over,
});

/** The page's name for a file: what stands behind `?file=`. */
export function fileParameter(path: string): string {
  const index = SUBMITTED_FILES.findIndex((file) => file.path === path);
  return SUBMITTED_FILES[index]?.change === "deleted" ? `starter-${index}` : String(index);
}

export function fileView(index: number, side: "submission" | "starter"): FileView {
  const file = SUBMITTED_FILES[index]!;
  const text = side === "starter" ? (file.starter ?? file.text ?? "") : (file.text ?? null);
  const kind = file.kind ?? "text";
  return {
    path: file.path,
    size: file.size ?? Buffer.byteLength(text ?? ""),
    sha256: kind === "symlink" ? null : "3a7bd3e2360a3d29eea436fcfb7e44c735d117c42d1c1835420b6b9942dd4f1b",
    kind,
    imageType: kind === "image" ? "image/png" : null,
    imageBase64: kind === "image" ? (file.imageBase64 ?? null) : null,
    text: kind === "image" || kind === "binary" ? null : text,
    truncated: file.truncated ?? false,
    redacted: file.redacted ?? false,
  };
}
