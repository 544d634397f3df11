import { readFileSync } from "node:fs";
import type { z } from "zod";
import type { AssessmentDraft, DraftCriterion } from "../../../services/shared/contracts/assessment-draft.ts";
import type {
  AssessmentDetail,
  AssessmentList,
  AssessmentListItem,
  AssessmentVersionSummary,
  AssessmentVersionView,
  CheckItem,
  CheckView,
  ComposerOptions,
  DraftView,
  TrialView,
} from "../../../services/shared/contracts/composer.ts";
import { demoRubric } from "../../../services/tools/seed/demo/rubric.ts";

const id = (group: string, number: number) =>
  `0198a0b1-${group}-7000-8000-${String(number).padStart(12, "0")}`;
export const ASSESSMENT_ID = id("0001", 1);
export const ASSESSMENT = `/api/admin/assessments/${ASSESSMENT_ID}`;
export const VERSION_ID = (number: number) => id("0002", number);
const DATASET_VERSION = (number: number) => id("0003", number);
const MOCK_API_VERSION = (number: number) => id("0004", number);
export const DATASET_ID = id("0005", 1);
export const MOCK_API_ID = id("0006", 1);
export const UPLOAD_ID = id("0007", 1);
const at = (day: number, hour = 9) =>
  `2026-03-${String(day).padStart(2, "0")}T${String(hour).padStart(2, "0")}:12:00.000Z`;

const demo = (name: string) =>
  readFileSync(new URL(`../../../services/tools/seed/demo/${name}`, import.meta.url), "utf8");

export const CONTENT: AssessmentDraft = {
  title: "Make support better, in two hours",
  company: {
    name: "Harbourly",
    about: "A money app for everyday life, for about two million people in Europe.",
  },
  role: { title: "Applied AI engineer", type: 1 },
  stages: ["work_sample"],
  brief: demo("brief.md"),
  expectations: demo("expectations.md"),
  disclosures: [
    "Recorded: the files in your workspace, saved every half minute; your notes to the reviewers; when you started and submitted.",
    "Recorded: the requests that your code makes to the help desk of this attempt.",
    "Read by: engineers of Harbourly, without your name or e-mail address.",
    "Kept until the hiring decision is made, and deleted on request.",
  ],
  aiPolicy: {
    kind: "disclose",
    statement:
      "You may use whatever you would use at work. Say in your notes where **AI assistants** helped.",
  },
  limitSec: 7200,
  practiceLimitSec: 1200,
  snapshotIntervalSec: 30,
  image: "workbench",
  limits: { cpus: 2, memoryMib: 2048, diskMib: 2048, pids: 512 },
  starter: {
    source: { kind: "upload", uploadId: UPLOAD_ID },
    files: [{ path: "NOTES.md", text: "# Notes\n" }],
  },
  practiceStarter: { source: { kind: "platform" }, files: [] },
  rubric: { criteria: demoRubric.criteria },
  datasets: [
    {
      mountName: "support-tickets",
      datasetVersionId: DATASET_VERSION(3),
      delivery: { canary: { table: "tickets", column: "subject", rows: 5 } },
    },
  ],
  mockApis: [{ hostname: "helpdesk.internal", mockApiVersionId: MOCK_API_VERSION(2) }],
  packages: { kind: "none" },
  models: { kind: "none" },
};

const blank: DraftCriterion = {
  id: "criterion_1",
  title: "",
  guidance: "",
  weight: 1,
  anchors: [1, 2, 3, 4, 5].map((level) => ({ level, title: "", description: "" })),
};

/** A draft somebody has just begun. */
export const BEGUN: AssessmentDraft = {
  ...CONTENT,
  title: "Ranking help articles",
  company: { name: "", about: "" },
  brief: "",
  expectations: "",
  disclosures: [],
  limitSec: null,
  aiPolicy: { kind: "disclose", statement: "" },
  limits: { ...CONTENT.limits, memoryMib: 128 },
  starter: { source: { kind: "none" }, files: [] },
  rubric: { criteria: [blank] },
  datasets: [],
  mockApis: [{ hostname: "models.internal", mockApiVersionId: MOCK_API_VERSION(2) }],
};

export const OPTIONS: ComposerOptions = {
  images: [
    { name: "workbench", isDefault: true },
    { name: "workbench-torch", isDefault: false },
  ],
  templates: [
    { id: "blank", title: "Blank", description: "Nothing but sensible limits." },
    {
      id: "api_integrator",
      title: "API integrator",
      description: "Tickets, a help desk API, and a free choice of what to build.",
    },
    {
      id: "ml_engineer",
      title: "ML engineer",
      description: "A dataset with traps, a metric, and a model to defend.",
    },
    {
      id: "ai_systems_engineer",
      title: "AI systems engineer",
      description: "Retrieval over a knowledge base that has to hold up.",
    },
  ],
  practiceFiles: [
    { path: "README.md", text: "# Hello\n" },
    { path: "hello.py", text: "print('hello')\n" },
  ],
};

const PINNED: Pick<DraftView, "pinnedDatasets" | "pinnedMockApis" | "pinnedModels"> = {
  pinnedDatasets: [
    {
      datasetVersionId: DATASET_VERSION(3),
      datasetId: DATASET_ID,
      title: "Support tickets",
      number: 3,
      latestVersionId: DATASET_VERSION(4),
      latestNumber: 4,
      archived: false,
      tables: [
        { name: "tickets", rows: 28_412, columns: ["id", "subject", "opened_at"] },
        { name: "customers", rows: 9_310, columns: ["id", "name"] },
      ],
    },
  ],
  pinnedMockApis: [
    {
      mockApiVersionId: MOCK_API_VERSION(2),
      mockApiId: MOCK_API_ID,
      title: "Help desk",
      number: 2,
      latestVersionId: MOCK_API_VERSION(2),
      latestNumber: 2,
      archived: false,
    },
  ],
  pinnedModels: [],
};

const NOT_CHECKED: CheckView = { state: "none", revision: null, current: false, report: null };

export function draftView(changes: Partial<DraftView> = {}): DraftView {
  return {
    assessmentId: ASSESSMENT_ID,
    revision: 14,
    updatedAt: at(12, 15),
    updatedBy: "Tove Lindqvist",
    changed: true,
    content: CONTENT,
    check: NOT_CHECKED,
    starterImports: [
      {
        uploadId: UPLOAD_ID,
        fileName: "triage-starter.tar.gz",
        state: "ready",
        files: 9,
        bytes: 48_213,
        entries: [
          "Makefile",
          "README.md",
          "requirements.txt",
          "src/__init__.py",
          "src/helpdesk.py",
          "tests/test_helpdesk.py",
        ].map((path, index) => ({ path, bytes: 310 + index * 1873 })),
        problems: [],
      },
    ],
    ...PINNED,
    ...changes,
  };
}

type Item = z.infer<typeof CheckItem>;
const item = (itemId: string, title: string, changes: Partial<Item> = {}): Item => ({
  id: itemId,
  title,
  status: "passed",
  message: "",
  remedy: "",
  target: null,
  durationMs: 40,
  ...changes,
});

const ITEMS: Item[] = [
  item("content", "Task, rules and rubric are complete"),
  item("dataset:support-tickets", "Support tickets 3 is complete", { durationMs: 1830 }),
  item("mock_api:helpdesk.internal", "Help desk 2 answers", { durationMs: 2240 }),
  item("image", "The image workbench is here"),
  item("starter", "The starter files fit the disk"),
  item("workspace", "A workspace starts and VS Code answers", { durationMs: 6120 }),
];

const passing = (state: CheckView["state"], items: Item[], current = true): CheckView => ({
  state,
  revision: current ? 14 : 11,
  current,
  report: { startedAt: at(12, 15), finishedAt: state === "waiting" ? null : at(12, 15), items },
});

export const CHECKS = {
  passed: passing("passed", [
    ...ITEMS,
    item("lobby", "What candidates are told", {
      status: "warning",
      message: "Candidates are not told that the data is marked as their own copy.",
      remedy: "Add a sentence about it.",
      target: { section: "disclosures", path: "disclosures" },
    }),
  ]),
  stale: passing("passed", ITEMS, false),
  running: passing("waiting", [
    ...ITEMS.slice(0, 2),
    { ...ITEMS[2]!, status: "running", durationMs: null },
    ...ITEMS.slice(3).map((each): Item => ({ ...each, status: "pending", durationMs: null })),
  ]),
  failed: passing("failed", [
    ITEMS[0]!,
    ITEMS[1]!,
    item("mock_api:helpdesk.internal", "Help desk 2 answers", {
      status: "failed",
      message: "GET /tickets answers 500: the bound table tickets has no column priority.",
      remedy: "Publish a version of the API that is bound to this dataset, and pin it.",
      target: { section: "mock_apis", path: "mockApis.0.hostname" },
    }),
    item("workspace", "A workspace starts and VS Code answers", {
      status: "skipped",
      message: "Left out until the rest is right.",
      durationMs: null,
    }),
  ]),
};

const summary = (
  number: number,
  changes: Partial<AssessmentVersionSummary> = {},
): AssessmentVersionSummary => ({
  id: VERSION_ID(number),
  number,
  title: CONTENT.title,
  changeNote: "",
  publishedAt: at(2 + number * 3),
  publishedBy: "Tove Lindqvist",
  limitSec: 7200,
  hasModels: true,
  invitationCount: 12,
  submissionCount: 7,
  ...changes,
});
export const VERSIONS: AssessmentVersionSummary[] = [
  summary(3, {
    changeNote:
      "Two hours again: nobody of the pilot finished in ninety minutes.\nNew wording for level 4 of “Makes it work”.",
    invitationCount: 3,
    submissionCount: 0,
  }),
  summary(2, { changeNote: "Shorter, as candidates asked for.", limitSec: 5400, publishedBy: null }),
  summary(1, { invitationCount: 1, submissionCount: 1 }),
];

export const TRIALS: TrialView[] = [
  {
    invitationId: id("0008", 1),
    link: "https://assess.harbourly.example/invite/wst_7Qm81vYtR0pLs7HdWxNc2BfGaZk4",
    createdAt: at(12, 14),
    createdBy: "Tove Lindqvist",
    expiresAt: at(13, 14),
  },
];

export function detail(changes: Partial<AssessmentDetail> = {}): AssessmentDetail {
  return {
    id: ASSESSMENT_ID,
    slug: "make-support-better",
    title: CONTENT.title,
    state: "published",
    createdAt: at(1),
    archivedAt: null,
    draft: draftView(),
    versions: VERSIONS,
    trials: [],
    ...changes,
  };
}

export const BEGUN_DETAIL = detail({
  title: BEGUN.title,
  state: "draft",
  draft: draftView({ content: BEGUN, starterImports: [] }),
  versions: [],
});

export function versionView(number: number, content: Partial<AssessmentDraft> = {}): AssessmentVersionView {
  return {
    ...VERSIONS.find((version) => version.number === number)!,
    assessmentId: ASSESSMENT_ID,
    content: { ...CONTENT, ...content },
    ...PINNED,
  };
}

const listItem = (
  number: number,
  title: string,
  changes: Partial<AssessmentListItem> = {},
): AssessmentListItem => ({
  id: id("0001", number),
  title,
  companyName: "Harbourly",
  roleTitle: "Applied AI engineer",
  roleType: 1,
  state: "published",
  changed: false,
  limitSec: 7200,
  latestVersion: { id: VERSION_ID(number), number: 1, publishedAt: at(8) },
  invitationCount: 0,
  submissionCount: 0,
  updatedAt: at(20 - number, 14),
  ...changes,
});

export const LIST: AssessmentList = {
  items: [
    listItem(1, CONTENT.title, {
      changed: true,
      invitationCount: 16,
      submissionCount: 8,
      latestVersion: { id: VERSION_ID(3), number: 3, publishedAt: at(11) },
    }),
    listItem(2, "Ranking help articles", {
      state: "draft",
      latestVersion: null,
      roleTitle: "Machine learning engineer",
      roleType: 2,
      limitSec: null,
    }),
    listItem(
      3,
      "A very long working title that nobody has shortened yet, about retrieval over a knowledge base in seven languages with citations, evaluation and a budget",
      {
        roleType: 3,
        roleTitle: "Staff engineer, retrieval and evaluation systems",
        invitationCount: 240,
        submissionCount: 199,
      },
    ),
    listItem(4, "Data cleaning in an hour", { limitSec: 3600, submissionCount: 1 }),
  ],
  counts: { draft: 1, published: 3, archived: 2 },
};

export const DATASETS = {
  items: [
    {
      id: DATASET_ID,
      slug: "support-tickets",
      title: "Support tickets",
      description: "",
      createdAt: at(1),
      archivedAt: null,
      versions: 4,
      latestVersion: {
        id: DATASET_VERSION(4),
        number: 4,
        sha256: "a".repeat(64),
        createdAt: at(10),
        createdBy: "Tove Lindqvist",
        tables: 6,
        rows: 184_220,
        bytes: 48_000_000,
        parent: null,
      },
      openImport: null,
    },
  ],
};
export const DATASET_DETAIL = {
  ...DATASETS.items[0]!,
  versions: [4, 3].map((number) => ({
    ...DATASETS.items[0]!.latestVersion,
    id: DATASET_VERSION(number),
    number,
  })),
  imports: [],
};

export const MOCK_API_DETAIL = {
  id: MOCK_API_ID,
  slug: "helpdesk",
  title: "Help desk",
  createdAt: at(1),
  archivedAt: null,
  latestVersion: { id: MOCK_API_VERSION(2), number: 2, createdAt: at(9) },
  draft: null,
  versions: [2, 1].map((number) => ({
    id: MOCK_API_VERSION(number),
    number,
    sha256: "b".repeat(64),
    createdAt: at(7 + number),
    createdBy: null,
    usedBy: 1,
  })),
};
