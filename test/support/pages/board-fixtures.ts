import type { z } from "zod";
import type {
  AssessmentVersionItem,
  BoardItem,
  BoardView,
  StaffMember,
} from "../../../services/shared/contracts/admin.ts";

type Attempt = NonNullable<BoardItem["attempt"]>;
type Health = NonNullable<Attempt["health"]>;

const gib = (count: number) => Math.round(count * 2 ** 30);

/** Minutes from the server's now, which may differ from this machine's. */
const at = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();

const health = (now: Date, over: Partial<Health> = {}): Health => ({
  at: at(now, -0.05),
  memoryBytes: gib(0.61),
  memoryLimitBytes: gib(2),
  cpuPercent: 34,
  diskUsedBytes: gib(0.4),
  diskLimitBytes: gib(4),
  ideAnswers: true,
  ...over,
});

const running = (now: Date, over: Partial<Attempt> = {}): Attempt => ({
  id: "11111111-2222-4333-8444-555555555501",
  state: "running",
  startedAt: at(now, -48),
  deadlineAt: at(now, 72.4),
  creditedSec: 0,
  lastSavedAt: at(now, -0.2),
  endedAt: null,
  endReason: null,
  failure: null,
  sandboxState: "ready",
  epoch: 1,
  health: health(now),
  pausedAt: null,
  pauseReason: null,
  resumeRequestedAt: null,
  submitRequestedAt: null,
  faultCount: 0,
  unreadMessages: 0,
  ...over,
});

function item(now: Date, number: number, candidateName: string, over: Partial<BoardItem> = {}): BoardItem {
  return {
    invitationId: invitationId(number),
    candidateName,
    candidateEmail: `${candidateName
      .toLowerCase()
      .split(" ")
      .join(".")
      .normalize("NFKD")
      .replace(/[^a-z.]/g, "")}@example.com`,
    assessmentTitle: "Support triage assistant",
    assessmentVersion: 3,
    status: "used",
    link: `https://assess.harbourly.example/invite/wsi_${number}x7Rk2mQpL9vT4nYs`,
    validFrom: at(now, -3000),
    expiresAt: at(now, 14 * 1440),
    extraTimeFactor: 1,
    group: over.attempt ? "live" : "waiting",
    email: null,
    openRequests: 0,
    attempt: null,
    practiceRunning: false,
    submissionId: null,
    ...over,
  };
}

export const invitationId = (number: number) =>
  `0a1b2c3d-0000-4000-8000-0000000000${String(number).padStart(2, "0")}`;

/** Every state an invitation can be in, as seen at `now`. */
export function board(now: Date): BoardView {
  const over = (state: "submitted" | "ended", more: Partial<Attempt>) =>
    running(now, { state, deadlineAt: at(now, -200), sandboxState: "removed", health: null, ...more });
  return {
    now: now.toISOString(),
    page: 1,
    pageCount: 1,
    counts: { attention: 2, live: 5, waiting: 2, done: 4 },
    openRequests: 0,
    assessments: VERSIONS.map(({ id, assessmentTitle }) => ({ id, title: assessmentTitle })),
    items: [
      item(now, 1, "Maya Lindqvist", { attempt: running(now) }),
      item(now, 2, "Jonas Weber", {
        extraTimeFactor: 1.5,
        attempt: running(now, {
          deadlineAt: at(now, 3.2),
          creditedSec: 600,
          lastSavedAt: at(now, -0.6),
          epoch: 2,
        }),
      }),
      item(now, 3, "Priya Raman", {
        attempt: running(now, {
          deadlineAt: at(now, 31),
          lastSavedAt: at(now, -2),
          epoch: 3,
          health: health(now, {
            memoryBytes: gib(1.93),
            diskUsedBytes: gib(3.4),
            cpuPercent: 97,
            ideAnswers: false,
          }),
        }),
      }),
      item(now, 4, "Tomás Ferreira", {
        attempt: running(now, {
          state: "provisioning",
          startedAt: null,
          deadlineAt: null,
          lastSavedAt: null,
          sandboxState: "starting",
          health: null,
        }),
      }),
      item(now, 5, "Ingrid Solheim", { status: "open", practiceRunning: true }),
      item(now, 6, "Wei Zhang", { status: "open" }),
      item(now, 7, "Amara Okafor-Christiansen", {
        status: "not_yet_valid",
        validFrom: at(now, 2880),
        extraTimeFactor: 2,
      }),
      item(now, 8, "Lars Nygaard", {
        attempt: running(now, { state: "sealing", deadlineAt: at(now, -0.1), sandboxState: "frozen" }),
      }),
      item(now, 9, "Beatriz Carvalho", {
        attempt: over("submitted", {
          endedAt: at(now, -210),
          endReason: "candidate",
          lastSavedAt: at(now, -210),
        }),
        submissionId: "6f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01",
      }),
      item(now, 10, "Samuel Adeyemi", {
        attempt: over("submitted", {
          endedAt: at(now, -1500),
          endReason: "deadline",
          lastSavedAt: at(now, -1500),
        }),
        submissionId: "6f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a02",
      }),
      item(now, 11, "Elif Yıldız", {
        status: "open",
        attempt: running(now, {
          state: "failed",
          startedAt: null,
          deadlineAt: null,
          lastSavedAt: null,
          sandboxState: "removed",
          health: null,
          failure: "No host had room for the workspace.",
        }),
      }),
      item(now, 12, "Robert Hughes", { status: "expired", expiresAt: at(now, -900) }),
      item(now, 13, "Kenji Mori", {
        status: "revoked",
        attempt: over("ended", { endedAt: at(now, -90), endReason: "revoked" }),
      }),
    ],
  };
}

export const VERSIONS: z.infer<typeof AssessmentVersionItem>[] = [
  {
    id: "7a5a1c0e-4a35-4b39-9a54-0d7a52d4a601",
    assessmentTitle: "Support triage assistant",
    number: 3,
    roleTitle: "Applied AI engineer",
    roleType: 1,
    limitSec: 7200,
  },
  {
    id: "7a5a1c0e-4a35-4b39-9a54-0d7a52d4a602",
    assessmentTitle: "Ranking model for help articles",
    number: 1,
    roleTitle: "Machine learning engineer",
    roleType: 2,
    limitSec: 9000,
  },
];

export const STAFF: z.infer<typeof StaffMember>[] = [
  {
    id: "staff-admin",
    name: "Tove Lindqvist",
    email: "tove@harbourly.example",
    role: "admin",
    createdAt: "2026-01-12T08:00:00.000Z",
  },
  {
    id: "staff-2",
    name: "Marcus Eriksen",
    email: "marcus@harbourly.example",
    role: "admin",
    createdAt: "2026-01-12T08:10:00.000Z",
  },
  {
    id: "staff-reviewer",
    name: "Noor Haddad",
    email: "noor@harbourly.example",
    role: "reviewer",
    createdAt: "2026-02-03T13:45:00.000Z",
  },
  {
    id: "staff-4",
    name: "Chiara Bianchi",
    email: "chiara@harbourly.example",
    role: "reviewer",
    createdAt: "2026-02-20T09:30:00.000Z",
  },
];
