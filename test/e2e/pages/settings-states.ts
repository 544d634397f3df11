import type { Page } from "playwright-core";
import type { AuditEvent } from "../../../services/shared/contracts/audit.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { admin } from "./admin-states.ts";
import type { PageState } from "./candidate-states.ts";

const HASH = "9f2c".repeat(16);
const NOW = "2026-03-20T12:00:00.000Z";

const token = (number: number, more: object) => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  name: "Recruiting system",
  scopes: ["admin:read", "admin:write"],
  createdAt: "2026-01-12T09:00:00.000Z",
  createdBy: "Ida Lindqvist",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: "2026-03-20T11:52:00.000Z",
  ...more,
});

const TOKENS = {
  now: NOW,
  items: [
    token(1, {}),
    token(2, { name: "Prometheus", scopes: ["metrics:read"], expiresAt: "2026-03-24T00:00:00.000Z" }),
    token(3, {
      name: "A trial that ended, with quite a long name for a token",
      lastUsedAt: null,
      expiresAt: "2026-02-01T00:00:00.000Z",
    }),
    token(4, { name: "Old recruiting system", revokedAt: "2026-01-12T08:00:00.000Z", createdBy: null }),
  ],
};

const event = (id: number, more: Partial<AuditEvent>): AuditEvent => ({
  id,
  at: `2026-03-20T11:${String(id % 60).padStart(2, "0")}:12.000Z`,
  actor: { kind: "staff", id: "staff-1", name: "Ida Lindqvist" },
  action: "invitation.create",
  subject: { type: "invitation", id: "2f6e0000-0000-4000-8000-000000000001", label: "Amelie Brandt" },
  before: null,
  after: { candidateEmail: "amelie.brandt@example.com", extraTimeFactor: 1.25 },
  ip: "203.0.113.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64)",
  previousHash: HASH,
  hash: HASH,
  ...more,
});

const EVENTS = [
  event(12, {
    action: "attempt.extend",
    before: { deadlineAt: "2026-03-20T13:00:00.000Z" },
    after: { deadlineAt: "2026-03-20T13:15:00.000Z", reason: "The editor froze" },
    subject: { type: "attempt", id: "77aa0000-0000-4000-8000-000000000001", label: "" },
  }),
  event(11, { actor: { kind: "token", id: "t1", name: "Recruiting system" } }),
  event(10, {
    action: "session.sign_in",
    before: null,
    after: null,
    subject: { type: "staff", id: "staff-1", label: "Ida Lindqvist" },
  }),
  event(9, {
    action: "staff.create",
    actor: { kind: "command", id: null, name: "seed" },
    ip: null,
    userAgent: null,
    subject: {
      type: "staff",
      id: "x",
      label: "A person with a name so long that it does not fit into any column of any table",
    },
  }),
];

function settings(more: Answers = {}): Answers {
  return admin({
    "GET /api/admin/tokens": { body: TOKENS },
    "GET /api/admin/audit": { body: { items: EVENTS, nextBefore: 9 } },
    "GET /api/admin/audit/facets": {
      body: {
        actors: [{ kind: "staff", id: "staff-1", name: "Ida Lindqvist" }],
        actions: ["invitation.create", "attempt.extend"],
      },
    },
    "GET /api/admin/audit/check": { body: { checked: 12, head: { id: 12, hash: HASH }, fault: null } },
    ...more,
  });
}

const make = async (page: Page) => {
  await page.getByTestId("make-token").click();
  await page.getByTestId("token-name").fill("Recruiting system");
};

export const SETTINGS_STATES: PageState[] = [
  { name: "tokens", path: "/admin/settings/tokens", answers: () => settings(), shows: "make-token" },
  {
    name: "tokens-empty",
    path: "/admin/settings/tokens",
    answers: () => settings({ "GET /api/admin/tokens": { body: { now: NOW, items: [] } } }),
    shows: "make-token",
  },
  {
    name: "tokens-failed",
    path: "/admin/settings/tokens",
    answers: () => settings({ "GET /api/admin/tokens": problem("unavailable") }),
    shows: "error-state",
  },
  {
    name: "token-make-incomplete",
    path: "/admin/settings/tokens",
    answers: () => settings(),
    act: async (page) => {
      await page.getByTestId("make-token").click();
      await page.getByTestId("scope-admin:read").click();
      await page.getByTestId("make-token-confirm").click();
    },
    shows: "make-token-dialog",
  },
  {
    name: "token-made",
    path: "/admin/settings/tokens",
    answers: () =>
      settings({
        "POST /api/admin/tokens": {
          status: 201,
          body: { token: `wsk_${"Zk4Qm81vYtR0pLs7HdWxNc2BfGaJ".padEnd(43, "x")}`, item: token(5, {}) },
        },
      }),
    act: async (page) => {
      await make(page);
      await page.getByTestId("make-token-confirm").click();
    },
    shows: "token-made",
  },
  {
    name: "token-revoke",
    path: "/admin/settings/tokens",
    answers: () => settings(),
    act: (page) => page.getByTestId("revoke-00000000-0000-4000-8000-000000000001").click(),
    shows: "revoke-token-dialog",
  },
  { name: "audit", path: "/admin/settings/audit", answers: () => settings(), shows: "audit-12" },
  {
    name: "audit-details",
    path: "/admin/settings/audit",
    answers: () => settings(),
    act: async (page) => {
      await page.getByTestId("audit-12").getByRole("button").click();
      await page.getByTestId("check-audit").click();
    },
    shows: "chain-holds",
  },
  {
    name: "audit-broken",
    path: "/admin/settings/audit",
    answers: () =>
      settings({
        "GET /api/admin/audit/check": {
          body: { checked: 8, head: { id: 8, hash: HASH }, fault: { id: 9, reason: "wrong_hash" } },
        },
      }),
    act: (page) => page.getByTestId("check-audit").click(),
    shows: "chain-broken",
  },
  {
    name: "audit-nothing",
    path: "/admin/settings/audit",
    answers: () => settings({ "GET /api/admin/audit": { body: { items: [], nextBefore: null } } }),
    act: (page) => page.getByTestId("audit-search").fill("walrus"),
    shows: "audit-search",
  },
  {
    name: "audit-failed",
    path: "/admin/settings/audit",
    answers: () => settings({ "GET /api/admin/audit": problem("unavailable") }),
    shows: "error-state",
  },
];
