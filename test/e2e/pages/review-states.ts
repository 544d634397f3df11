import type { Page } from "playwright-core";
import type {
  ReviewView,
  SubmissionTreeView,
  SubmissionView,
} from "../../../services/shared/contracts/review.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { PACKAGES } from "../../support/pages/model-call-fixtures.ts";
import type { Answer, Answers } from "../../support/pages/page-server.ts";
import {
  COMPLETE,
  fileParameter,
  fileView,
  QUEUE,
  REVIEWER,
  review,
  SUBMISSION,
  SUBMISSION_ID,
  submission,
  tree,
} from "../../support/pages/review-fixtures.ts";
import { SUBMITTED_FILES } from "../../support/pages/submitted-files.ts";
import type { PageState } from "./candidate-states.ts";

export const SIGNED_IN: Answers = { "GET /api/staff/me": { body: REVIEWER } };
const signedOut: Answers = { "GET /api/staff/me": problem("sign_in_required") };

export const ROOM_PATH = `/review/${SUBMISSION_ID}`;
export const roomPath = (file: string) => `${ROOM_PATH}?file=${fileParameter(file)}`;

/** Files of the submission, by side and index. */
function fileAnswers(): Answers {
  const answers: Answers = {};
  SUBMITTED_FILES.forEach((_, index) => {
    for (const side of ["submission", "starter"] as const) {
      answers[`GET ${SUBMISSION}/files/${side}/${index}`] = () => ({ body: fileView(index, side) });
    }
  });
  return answers;
}

export interface RoomChanges {
  submission?: Partial<SubmissionView>;
  tree?: Partial<SubmissionTreeView>;
  review?: ReviewView | null;
  more?: Answers;
}

/** A submission whose review behaves like the real one: saves raise the revision, old revisions are refused. */
export function room(changes: RoomChanges = {}): Answers {
  let mine = changes.review ?? null;
  const address = `${SUBMISSION}/review`;
  const save = (body: unknown): Answer => {
    const sent = body as Pick<ReviewView, "revision" | "ratings" | "summary" | "recommendation">;
    if (!mine) return problem("review_not_started") as Answer;
    if (sent.revision !== mine.revision) return problem("review_conflict") as Answer;
    mine = { ...mine, ...sent, revision: mine.revision + 1, updatedAt: new Date().toISOString() };
    return { body: mine };
  };
  const submit = (): Answer => {
    mine = {
      ...mine!,
      state: "submitted",
      revision: mine!.revision + 1,
      submittedAt: new Date().toISOString(),
    };
    return { body: mine };
  };
  const open = (): Answer => {
    mine ??= review({ ratings: {}, revision: 1 });
    return { body: mine };
  };
  return {
    ...SIGNED_IN,
    [`GET ${SUBMISSION}`]: () => ({ body: submission({ review: mine, ...changes.submission }) }),
    [`GET ${SUBMISSION}/tree`]: { body: tree(changes.tree) },
    [`GET ${SUBMISSION}/packages`]: { body: { items: PACKAGES, truncated: false } },
    ...fileAnswers(),
    [`POST ${address}`]: open,
    [`PUT ${address}`]: save,
    [`POST ${address}/submit`]: submit,
    ...changes.more,
  };
}

export const draft = () => review();
const complete = () => review({ ...COMPLETE });
const submitted = () => review({ ...COMPLETE, state: "submitted", submittedAt: "2026-03-20T10:02:00.000Z" });

const onPhone = (page: Page) => (page.viewportSize()?.width ?? 1280) < 1024;
/** On a phone, goes to one of the three panes. */
export async function showPane(page: Page, pane: "files" | "code" | "review"): Promise<void> {
  await page
    .getByTestId("open-path")
    .or(page.getByText("There are no files to read"))
    .first()
    .waitFor({ state: "attached" });
  if (onPhone(page)) await page.getByTestId(`segment-${pane}`).click();
}
const tab = (name: string) => async (page: Page) => {
  await showPane(page, "review");
  await page.getByTestId(`tab-${name}`).click();
};

const SIGN_IN: PageState[] = [
  { name: "sign-in", path: "/sign-in", answers: () => ({}), shows: "sign-in" },
  {
    name: "sign-in-expired",
    path: "/sign-in?reason=expired&next=%2Freview",
    answers: () => ({}),
    shows: "sign-in-reason",
  },
  { name: "sign-in-when-needed", path: "/review", answers: () => signedOut, shows: "sign-in" },
  refusedSignIn("sign-in-wrong-password", problem("sign_in_failed") as Answer),
  refusedSignIn("sign-in-rate-limited", problem("rate_limited") as Answer),
  { name: "no-permission", path: "/admin", answers: () => SIGNED_IN, shows: "no-permission" },
];

function refusedSignIn(name: string, answer: Answer): PageState {
  return {
    name,
    path: "/sign-in",
    answers: () => ({ "POST /api/auth/sign-in/email": answer }),
    act: async (page) => {
      await page.getByTestId("email").fill("noor@harbourly.example");
      await page.getByTestId("password").fill("not this one");
      await page.getByTestId("sign-in-submit").click();
    },
    shows: "sign-in-failed",
  };
}

const queue = (answer: Answers[string]) => (): Answers => ({ ...SIGNED_IN, "GET /api/review/queue": answer });

const QUEUE_STATES: PageState[] = [
  { name: "queue", path: "/review", answers: queue({ body: { items: QUEUE } }), shows: "queue-search" },
  { name: "queue-loading", path: "/review", answers: queue({ hang: true }), shows: "queue-loading" },
  { name: "queue-empty", path: "/review", answers: queue({ body: { items: [] } }), shows: "queue-empty" },
  {
    name: "queue-failed",
    path: "/review",
    answers: queue(problem("forbidden") as Answer),
    shows: "error-state",
  },
  {
    name: "queue-all-done",
    path: "/review",
    answers: queue({ body: { items: QUEUE.map((item) => ({ ...item, myReview: "submitted" as const })) } }),
    shows: "queue-nothing",
  },
  {
    name: "queue-no-match",
    path: "/review",
    answers: queue({ body: { items: QUEUE } }),
    act: (page) => page.getByTestId("queue-search").fill("walrus"),
    shows: "queue-nothing",
  },
];

const fileState = (name: string, file: string, shows = "file-pane"): PageState => ({
  name,
  path: roomPath(file),
  answers: () => room({ review: draft() }),
  act: async (page) => {
    await page
      .getByTestId("open-path")
      .filter({ hasText: file.split("/").pop()!.slice(0, 6) })
      .waitFor();
    await page.getByTestId("file-body").waitFor();
    await page.waitForTimeout(250);
  },
  shows,
});

const FILE_STATES: PageState[] = [
  fileState("file-code", "src/helpdesk.py"),
  fileState("file-changes", "src/triage.py"),
  fileState("file-deleted", "src/placeholder.py"),
  fileState("file-hidden-characters", "src/refunds.py"),
  fileState("file-minified", "src/web/dist/bundle.min.js"),
  fileState("file-line-endings", "src/settings.ini"),
  fileState("file-image", "reports/confusion.png"),
  fileState("file-binary", "reports/index.bin"),
  fileState("file-symlink", "reports/latest"),
  fileState("file-empty", "data/empty.jsonl"),
  fileState("file-truncated", "data/predictions.csv"),
  fileState("file-redacted", "README.md"),
  {
    name: "file-failed",
    path: roomPath("src/helpdesk.py"),
    answers: () => room({ more: { [`GET ${SUBMISSION}/files/submission/2`]: problem("entry_not_found") } }),
    shows: "error-state",
  },
  {
    name: "file-loading",
    path: roomPath("src/helpdesk.py"),
    answers: () => room({ more: { [`GET ${SUBMISSION}/files/submission/2`]: { hang: true } } }),
    shows: "file-pane",
  },
  {
    name: "file-find",
    path: roomPath("src/helpdesk.py"),
    answers: () => room({ review: draft() }),
    act: async (page) => {
      await page.getByTestId("code-view").waitFor();
      await page.getByRole("button", { name: "Find in this file" }).click();
      await page.locator(".cm-search input[name=search]").fill("attempt");
      await page.keyboard.press("Enter");
    },
    shows: "code-view",
  },
];

const ROOM_STATES: PageState[] = [
  {
    name: "room-loading",
    path: ROOM_PATH,
    answers: () => room({ more: { [`GET ${SUBMISSION}`]: { hang: true } } }),
    shows: "room-loading",
  },
  {
    name: "room-missing",
    path: ROOM_PATH,
    answers: () => room({ more: { [`GET ${SUBMISSION}`]: problem("submission_not_found") } }),
    shows: "no-such-submission",
  },
  {
    name: "room-failed",
    path: ROOM_PATH,
    answers: () => room({ more: { [`GET ${SUBMISSION}/tree`]: problem("forbidden") } }),
    shows: "page-failure",
  },
  {
    name: "room-empty",
    path: ROOM_PATH,
    answers: () => room({ tree: { entries: [], omitted: [], hiddenGitFiles: 0 } }),
    act: (page) => showPane(page, "code"),
    shows: "nothing-to-read",
  },
  {
    name: "room-files",
    path: ROOM_PATH,
    answers: () => room(),
    act: (page) => showPane(page, "files"),
    shows: "file-tree",
  },
  {
    name: "room-rubric",
    path: roomPath("src/helpdesk.py"),
    answers: () => room({ review: draft() }),
    act: tab("rubric"),
    shows: "rubric-form",
  },
  { name: "room-brief", path: ROOM_PATH, answers: () => room(), act: tab("brief"), shows: "tab-brief" },
  { name: "room-notes", path: ROOM_PATH, answers: () => room(), act: tab("notes"), shows: "tab-notes" },
  {
    name: "room-about",
    path: ROOM_PATH,
    answers: () => room(),
    act: tab("about"),
    shows: "about-submission",
  },
  {
    name: "room-gaps",
    path: ROOM_PATH,
    answers: () => room({ review: draft() }),
    act: async (page) => {
      await page.getByTestId("submit-review").click();
      await showPane(page, "review");
    },
    shows: "rubric-form",
  },
  {
    name: "room-save-failed",
    path: ROOM_PATH,
    answers: () => room({ review: draft(), more: { [`PUT ${SUBMISSION}/review`]: problem("unavailable") } }),
    act: typeSummary,
    shows: "save-failure",
  },
  {
    name: "room-signed-out",
    path: ROOM_PATH,
    answers: () =>
      room({ review: draft(), more: { [`PUT ${SUBMISSION}/review`]: problem("sign_in_required") } }),
    act: typeSummary,
    shows: "save-failure",
  },
  {
    name: "room-conflict",
    path: ROOM_PATH,
    answers: () => {
      const newer = review({ revision: 9, summary: "Written in the other tab: strong on data." });
      return room({
        review: draft(),
        more: {
          [`PUT ${SUBMISSION}/review`]: problem("review_conflict"),
          [`POST ${SUBMISSION}/review`]: { body: newer },
        },
      });
    },
    act: typeSummary,
    shows: "conflict",
  },
  {
    name: "room-submit-dialog",
    path: ROOM_PATH,
    answers: () => room({ review: complete() }),
    act: (page) => page.getByTestId("submit-review").click(),
    shows: "submit-dialog",
  },
  {
    name: "room-submitted",
    path: roomPath("src/triage.py"),
    answers: () => room({ review: submitted() }),
    act: (page) => showPane(page, "review"),
    shows: "submitted-review",
  },
  {
    name: "room-help",
    path: ROOM_PATH,
    answers: () => room(),
    act: async (page) => {
      await showPane(page, "code");
      await page.keyboard.press("?");
    },
    shows: "shortcut-help",
  },
];

async function typeSummary(page: Page): Promise<void> {
  await showPane(page, "review");
  await page.getByTestId("review-summary").fill("Written here: careful with data, careless with errors.");
}

export const REVIEW_STATES: PageState[] = [...SIGN_IN, ...QUEUE_STATES, ...FILE_STATES, ...ROOM_STATES];
