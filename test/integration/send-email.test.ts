import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { invitationLink } from "../../services/shared/domain/invitation-link.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import type { WorkerContext } from "../../services/worker/context.ts";
import { sendEmail } from "../../services/worker/jobs/send-email.ts";
import { sendForgottenEmails } from "../../services/worker/jobs/sweep-emails.ts";
import { createMailer, type Mailer } from "../../services/worker/mail/mailer.ts";
import { insertInvitation } from "../support/fixtures.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

interface Received {
  from: string;
  to: string[];
  /** Headers, unfolded, and the body with its quoted-printable undone. */
  text: string;
  headers: string;
}

const SECRET = "a secret for tests only, 32 characters or more";
const PUBLIC_URL = "https://assess.example";

let database: TestDatabase;
let server: SMTPServer;
let received: Received[];
/** What the server says to the next recipients: a code, or null to take them. */
let refusal: number | null;
let mailer: Mailer;
let logged: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo(address, _session, done) {
      if (refusal === null) return done();
      done(Object.assign(new Error(`5.1.1 <${address.address}> says no`), { responseCode: refusal }));
    },
    onData(stream, session, done) {
      let raw = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => (raw += chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const [headers, ...body] = raw.split("\r\n\r\n");
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          headers: headers!.replaceAll(/\r\n\s+/g, " "),
          text: body.join("\n\n").replaceAll("=\r\n", "").replaceAll("=3D", "="),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  mailer = createMailer({ smtpUrl: smtpUrl(), mailFrom: "Harbourly <hiring@harbourly.example>" })!;
});
afterAll(async () => {
  mailer?.close();
  await new Promise<void>((resolve) => server.close(resolve));
  await database?.drop();
});
beforeEach(() => {
  received = [];
  refusal = null;
  logged = [];
});

const smtpUrl = () => `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;

function context(changes: Partial<WorkerContext> = {}): WorkerContext {
  const log = createLog("worker", "silent");
  const note = (...values: unknown[]) => void logged.push(JSON.stringify(values));
  return {
    db: database.db,
    config: { secret: SECRET, publicUrl: PUBLIC_URL },
    log: Object.assign(Object.create(log), { info: note, warn: note, error: note }),
    mailer,
    ...changes,
  } as WorkerContext;
}

async function queue(invitation: Parameters<typeof insertInvitation>[1] = {}) {
  const { id: invitationId } = await insertInvitation(database.db, invitation);
  const { id } = await database.db
    .insertInto("email_message")
    .values({
      invitation_id: invitationId,
      template: "invitation",
      subject: "For {{candidate_name}}",
      body: "Hello {{candidate_name}},\n\n{{link}}",
      recipient: "maya@example.com",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id, invitationId };
}
const send = async (emailId: string, changes: Partial<WorkerContext> = {}): Promise<string[]> => {
  const reasons: string[] = [];
  const never = () => Promise.reject(new Error("not expected"));
  const run = {
    bailOut: (why: string) => void reasons.push(why),
    waitForRoom: never,
    postpone: never,
    isLastTry: false,
  };
  await sendEmail(context(changes), { emailId }, run);
  return reasons;
};
const row = (id: string) =>
  database.db.selectFrom("email_message").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const jobs = async () =>
  (await database.db.selectFrom("outbox").selectAll().orderBy("id").execute()).filter(
    ({ name }) => name === "send-email",
  );

it("leaves with the link, which is in no row and no line of the log", async () => {
  const { id, invitationId } = await queue({ candidateName: "Maya Lindqvist" });
  await send(id);
  const link = invitationLink(PUBLIC_URL, new TokenSealer(SECRET), invitationId, 1);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ from: "hiring@harbourly.example", to: ["maya@example.com"] });
  expect(received[0]!.headers).toMatch(/^From: Harbourly <hiring@harbourly\.example>$/m);
  expect(received[0]!.headers).toMatch(/^To: Maya Lindqvist <maya@example\.com>$/m);
  expect(received[0]!.headers).toMatch(/^Subject: For Maya Lindqvist$/m);
  expect(received[0]!.headers).toContain(`Message-ID: <${id}@assess.example>`);
  expect(received[0]!.text).toContain(`Hello Maya Lindqvist,`);
  expect(received[0]!.text).toContain(`<a href="${link}">`);
  expect(await row(id)).toMatchObject({ state: "sent", attempts: 1, failure: null });
  expect(JSON.stringify(await row(id)) + logged.join()).not.toContain(link.split("/").at(-1));
});

it("is sent once, however often its job comes", async () => {
  const { id } = await queue();
  await Promise.all([send(id), send(id), send(id)]);
  expect(await send(id)).toEqual(["the mail is sent, given up, being sent, or not due yet"]);
  expect(received).toHaveLength(1);
});

it("does not let a name or an address write headers, and would if they were put in by hand", async () => {
  const candidateName = 'Eve" <eve@evil.example>\r\nBcc: all@example.com';
  const { id } = await queue({ candidateName });
  await send(id);
  expect(received[0]!.to).toEqual(["maya@example.com"]);
  expect(received[0]!.headers).not.toMatch(/^Bcc:/im);
  expect(received[0]!.headers.match(/^To:.*$/m)![0]).toContain("maya@example.com");
  const byHand = `Subject: For ${candidateName}`;
  expect(byHand).toMatch(/^Bcc:/im);
});

it.each([
  [451, "waiting"],
  [550, "failed"],
] as const)("refused with %s it is %s, with the server's reason", async (code, state) => {
  const before = (await jobs()).length;
  const { id } = await queue();
  refusal = code;
  await send(id);
  expect(await row(id)).toMatchObject({ state, attempts: 1, failure: expect.stringContaining("says no") });
  const later = (await jobs()).slice(before);
  expect(later).toHaveLength(state === "waiting" ? 1 : 0);
  if (state === "failed") return;
  // Not before its time, then again, and given up in the end.
  const dueInMs = later[0]!.run_at.getTime() - Date.now();
  expect(dueInMs).toBeGreaterThan(25_000);
  expect(dueInMs).toBeLessThan(32_000);
  expect(await send(id)).toHaveLength(1);
  await makeDue(id, 6);
  await send(id);
  expect(await row(id)).toMatchObject({ state: "failed", attempts: 7 });
  refusal = null;
  expect(await send(id)).toHaveLength(1);
  expect(received).toEqual([]);
});

it("waits for a server that does not answer, and leaves when it does", async () => {
  const { id } = await queue();
  const nobody = createMailer({ smtpUrl: "smtp://127.0.0.1:1", mailFrom: "a@example.com" })!;
  await send(id, { mailer: nobody });
  nobody.close();
  expect(await row(id)).toMatchObject({ state: "waiting", failure: expect.stringContaining("ECONNREFUSED") });
  await makeDue(id, 1);
  await send(id);
  expect(await row(id)).toMatchObject({ state: "sent", attempts: 2, failure: null });
});

it.each<[string, (invitationId: string) => Promise<unknown>, Partial<WorkerContext>, RegExp]>([
  ["its invitation was withdrawn", (id) => change(id, { revoked_at: new Date() }), {}, /withdrawn/],
  [
    "its invitation has expired",
    (id) => change(id, { expires_at: new Date(0), valid_from: new Date(0) }),
    {},
    /expired/,
  ],
  ["no server is set up any more", async () => {}, { mailer: null }, /No mail server/],
])("does not leave when %s", async (_name, happen, changes, reason) => {
  const { id, invitationId } = await queue();
  await happen(invitationId);
  await send(id, changes);
  expect(await row(id)).toMatchObject({ state: "failed", failure: expect.stringMatching(reason) });
  expect(received).toEqual([]);
});

it("is found by the sweep when its job was lost", async () => {
  const { id } = await queue();
  const before = (await jobs()).length;
  await sendForgottenEmails(context());
  expect((await jobs()).length).toBe(before);
  await database.db
    .updateTable("email_message")
    .set({ next_try_at: sql<Date>`clock_timestamp() - interval '6 minutes'` })
    .where("id", "=", id)
    .execute();
  await sendForgottenEmails(context());
  await sendForgottenEmails(context());
  expect((await jobs()).slice(before)).toMatchObject([{ payload: { emailId: id } }]);
});

const change = (id: string, values: object) =>
  database.db.updateTable("invitation").set(values).where("id", "=", id).execute();
const makeDue = (id: string, attempts: number) =>
  database.db
    .updateTable("email_message")
    .set({ attempts, next_try_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .execute();
