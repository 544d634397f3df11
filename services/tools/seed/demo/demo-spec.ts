import { readFile } from "node:fs/promises";
import type { AssessmentDraft } from "../../../shared/contracts/assessment-draft.ts";
import { emptyDraft } from "../../../shared/domain/composer/draft-of-version.ts";
import { MOCK_CHAT_MODEL, MOCK_EMBEDDING_MODEL } from "../../mock-upstream/mock-upstream.ts";
import type { DemoModels } from "../demo-models.ts";
import { demoRubric } from "./rubric.ts";

function read(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), "utf8");
}

export const DEMO_DIRECTORY = new URL("./", import.meta.url);

/** The demo assessment; `limitSec` differs between its 2-hour original and its 3-minute copy. */
export async function demoDraft(options: {
  title: string;
  limitSec: number;
  datasetVersionId: string;
  mockApiVersionId: string;
  models: DemoModels;
}): Promise<AssessmentDraft> {
  return {
    ...emptyDraft(options.title),
    company: {
      name: "Harbourly",
      about:
        "A money app for everyday life: accounts, cards, transfers and savings for about two million people in Europe.",
    },
    role: { title: "Applied AI engineer", type: 1 },
    brief: await read("brief.md"),
    expectations: await read("expectations.md"),
    disclosures: [
      "Recorded: the files in your workspace, saved every half minute; your notes to the reviewers; when you started, paused by a fault of ours, and submitted.",
      "Recorded: the requests that your code makes to the help desk of this attempt, what it writes there, and how much memory, processor and disk your workspace uses while it runs.",
      "Recorded: what your programs ask the language models of the workspace and what these answer; which packages you install.",
      "Not recorded: your camera, microphone, screen, keystrokes or anything outside this browser tab.",
      "Read by: engineers of Harbourly, without your name or e-mail address.",
      "Kept until the hiring decision is made, and deleted on request: write to the person who invited you.",
    ],
    aiPolicy: {
      kind: "disclose",
      statement:
        "You may use whatever you would use at work, AI assistants included, on your own machine. Say in your notes where they helped. You answer for the result.",
    },
    limitSec: options.limitSec,
    snapshotIntervalSec: options.limitSec <= 600 ? 10 : 30,
    datasets: [{ mountName: "support-tickets", datasetVersionId: options.datasetVersionId, delivery: {} }],
    mockApis: [{ hostname: "helpdesk.internal", mockApiVersionId: options.mockApiVersionId }],
    models: {
      kind: "metered",
      models: [
        { alias: MOCK_CHAT_MODEL, modelIds: [options.models.chat] },
        { alias: MOCK_EMBEDDING_MODEL, modelIds: [options.models.embedding] },
      ],
      budget: { usd: 5, tokens: null },
      limits: { requestsPerMin: 120, parallel: 8, maxOutputTokens: 4096 },
      assistant: null,
    },
    packages: {
      kind: "mirror",
      npm: { enabled: true, allow: [], deny: [] },
      pypi: { enabled: true, allow: [], deny: [] },
      maxFileMib: 256,
      maxTotalMib: 1024,
    },
    rubric: demoRubric,
  };
}
