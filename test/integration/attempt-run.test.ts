import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mockApiKey } from "../../services/shared/domain/mock-api-key.ts";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { enqueue } from "../../services/shared/queue/outbox.ts";
import { type Platform, type RunningAttempt, startPlatform } from "../support/platform-fixture.ts";
import { HOSTNAME, MOUNT_NAME } from "../support/platform-version.ts";
import { insertReviewer, insertRun } from "../support/run-fixture.ts";

const NAME = "Amelie Brandt";

let platform: Platform;
let reviewerId: string;
/** What a candidate submitted. */
let scored: { id: string; submissionId: string };

beforeAll(async () => {
  platform = await startPlatform();
  reviewerId = await insertReviewer(platform.db);
  scored = await submit();
});
afterAll(() => platform?.close());

async function submit() {
  const { id, inside } = await platform.begin();
  await inside.print(
    [
      "cd /workspace && echo changed > src/app.py && rm README.md",
      `git init -q && git config user.name '${NAME}'`,
      `echo 'by ${NAME}' > about.txt && echo "$HELPDESK_API_KEY" > .env && ln -s /datasets data`,
      "printf '#!/bin/sh\\necho ran\\n' > run.sh && chmod 755 run.sh",
    ].join(" && "),
  );
  await platform.job("finish", id);
  const { submission } = await platform.sealed(id);
  await platform.untilNothingLeft(id);
  return { id, submissionId: submission.id };
}

/** What the api does when a reviewer starts a run. */
async function request(limitSec = 3600): Promise<string> {
  const { db } = platform;
  const submissionId = scored.submissionId;
  const id = await insertRun(db, { submissionId, reviewerId, state: "provisioning" });
  await db.updateTable("attempt").set({ limit_sec: limitSec }).where("id", "=", id).execute();
  await enqueue(db, "provision", { attemptId: id });
  return id;
}

async function run(): Promise<Pick<RunningAttempt, "id" | "inside" | "containerId">> {
  const id = await request();
  await platform.untilState(id, "running");
  return { id, inside: await platform.inside(id), containerId: (await platform.sandbox(id)).container_id! };
}

async function end(id: string): Promise<void> {
  await platform.db
    .updateTable("attempt")
    .set({ state: "ended", end_reason: "reviewer", ended_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", id)
    .execute();
  await enqueue(platform.db, "discard", { attemptId: id }, { hostId: platform.config.hostId });
  await platform.untilNothingLeft(id);
}

/** All that there is of the candidate's attempt. */
async function candidateRows() {
  const { db } = platform;
  const of = (table: "snapshot" | "sandbox" | "attempt_event" | "submission" | "time_credit") =>
    db.selectFrom(table).selectAll().where("attempt_id", "=", scored.id).orderBy("id").execute();
  return {
    attempt: await platform.attempt(scored.id),
    invitation: await db.selectFrom("invitation").selectAll().orderBy("id").execute(),
    tables: await Promise.all(
      (["snapshot", "sandbox", "attempt_event", "submission", "time_credit"] as const).map(of),
    ),
  };
}

test("a run has what was submitted, the data and the API, and keeps nothing of what is done in it", async () => {
  const before = await candidateRows();
  const begun = performance.now();
  const { id, inside } = await run();
  console.log(`a run was ready after ${Math.round(performance.now() - begun)} ms`);
  expect(await platform.visitIde(id)).toBe(200);
  expect(await inside.print("cd /workspace && ls -A && cat src/app.py && ./run.sh")).toBe(
    ".env\n.git\nabout.txt\ndata\nrun.sh\nsrc\nchanged\nran\n",
  );
  expect(await inside.print("stat -c %U:%a /workspace /workspace/run.sh")).toBe(
    "candidate:755\ncandidate:755\n",
  );
  expect(await inside.print(`cat /workspace/data/${MOUNT_NAME}/tickets.csv`)).toBe("id\n1\n");
  expect(await inside.print("curl -s $HELPDESK_BASE_URL/health")).toContain("helpdesk works");
  const key = mockApiKey(new TokenSealer(platform.config.secret), scored.id, HOSTNAME);
  expect(await inside.print('cat /workspace/.env && echo "$HELPDESK_API_KEY"')).toBe(`${key}\n${key}\n`);

  await inside.print("cd /workspace && rm -rf src && echo spoiled > about.txt");
  // Longer than two intervals of snapshots.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  await end(id);
  expect(
    await platform.db.selectFrom("snapshot").select("id").where("attempt_id", "=", id).execute(),
  ).toEqual([]);
  expect(await platform.submission(id)).toBeUndefined();
  expect(await candidateRows()).toEqual(before);
  const next = await run();
  expect(await next.inside.print("cat /workspace/src/app.py /workspace/about.txt")).toBe(
    `changed\nby ${NAME}\n`,
  );
  await end(next.id);
});

test("nothing in a run says who the candidate is, but what the candidate wrote into files", async () => {
  const { id, inside, containerId } = await run();
  const found = await inside.run(
    "{ env; cat /proc/self/mountinfo /proc/1/environ /etc/hosts /etc/passwd; hostname; id; git config --system --global --list; } 2>/dev/null | grep -ai 'amelie\\|brandt'",
  );
  expect(found.output).toBe("");
  const files = await inside.run(
    "grep -rlaiE 'amelie|brandt' /home /tmp /etc /run /datasets /opt /workspace --exclude-dir=node_modules 2>/dev/null | sort",
  );
  expect(files.output.trim().split("\n")).toEqual(["/workspace/.git/config", "/workspace/about.txt"]);
  const container = JSON.stringify(await platform.docker.getContainer(containerId).inspect());
  expect(container).not.toMatch(/amelie|brandt/i);
  expect(container).not.toContain(scored.id);
  await end(id);
});

test("a sandbox that is lost ends its run, with a sentence, and is not brought back", async () => {
  const { id, containerId } = await run();
  await platform.docker.getContainer(containerId).kill();
  const row = await platform.untilState(id, "ended");
  expect(row).toMatchObject({
    end_reason: "lost",
    epoch: 1,
    failure: "The sandbox stopped by itself, and this run ended with it. Start another one.",
  });
  await platform.untilNothingLeft(id);
  await platform.job("restore", id, 1);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await platform.attempt(id)).toMatchObject({ state: "ended", epoch: 1 });
  expect(await platform.visitIde(id)).toBe(409);
});

test("a run ends at its own deadline", async () => {
  const id = await request(2);
  expect(await platform.untilState(id, "ended")).toMatchObject({ end_reason: "deadline", frozen_at: null });
  await platform.untilNothingLeft(id);
  expect(await platform.submission(id)).toBeUndefined();
});

test("a run that nobody ends by a job is cleaned up by the sweep", async () => {
  const { id } = await run();
  await platform.db
    .updateTable("attempt")
    .set({
      state: "ended",
      end_reason: "reviewer",
      ended_at: sql<Date>`clock_timestamp() - interval '1 minute'`,
    })
    .where("id", "=", id)
    .execute();
  await platform.untilNothingLeft(id);
});
