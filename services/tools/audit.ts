/**
 * `npm run audit -- [--file EXPORT] [--head ID:HASH]`: checks that nothing in the audit log was changed, removed or
 * put in between. Reads an export (JSON lines), else WORKSAMPLE_DATABASE_URL, else the instance that runs here.
 * With `--head`, an event written down earlier, the log must also still hold that one: so a log cut short shows.
 * Exit code: 0 it holds, 1 it does not, 2 it could not be checked.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { readAuditLog } from "../api/records/audit-event.ts";
import { AuditEvent } from "../shared/contracts/audit.ts";
import { openDatabase } from "../shared/db/database.ts";
import { type ChainLink, checkAuditEvent } from "../shared/domain/audit-chain.ts";
import { openInstance } from "./instance/instance.ts";
import { runningDatabaseUrl } from "./instance/stores.ts";
import { UserError } from "./instance/user-error.ts";

const USAGE = "Usage: npm run audit -- [--file EXPORT] [--head ID:HASH]";

interface Arguments {
  file: string | undefined;
  head: ChainLink | null;
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({ options: { file: { type: "string" }, head: { type: "string" } } });
    const parts = values.head === undefined ? null : /^(\d+):([0-9a-f]{64})$/.exec(values.head);
    if (values.head !== undefined && !parts)
      throw new Error("--head is the id and the hash of an event, with a colon between them.");
    return { file: values.file, head: parts ? { id: Number(parts[1]), hash: parts[2]! } : null };
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}

async function* eventsOfFile(file: string): AsyncGenerator<AuditEvent> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === "") continue;
    yield parseEvent(text, `${file}, line ${line}`);
  }
}

function parseEvent(text: string, place: string): AuditEvent {
  try {
    return AuditEvent.parse(JSON.parse(text));
  } catch {
    throw new UserError(`${place}: this is not an event of an audit log exported as JSON lines.`);
  }
}

async function* eventsOfDatabase(url: string): AsyncGenerator<AuditEvent> {
  const database = openDatabase(url, { name: "worksample-audit", maxConnections: 1 });
  try {
    for await (const batch of readAuditLog(database.db)) yield* batch;
  } finally {
    await database.close();
  }
}

async function openLog(file: string | undefined): Promise<AsyncGenerator<AuditEvent>> {
  if (file !== undefined) return eventsOfFile(file);
  const url = process.env.WORKSAMPLE_DATABASE_URL ?? (await runningDatabaseUrl(await openInstance()));
  if (!url)
    throw new UserError(
      "There is no log to check: start the platform here, set WORKSAMPLE_DATABASE_URL, or name an export with --file.",
    );
  return eventsOfDatabase(url);
}

/** @returns the exit code */
async function check({ file, head }: Arguments): Promise<number> {
  let previous: ChainLink | null = null;
  let headHolds = head === null;
  for await (const event of await openLog(file)) {
    const fault = checkAuditEvent(previous, event);
    if (fault) {
      console.log(`NOT INTACT: event ${fault.id} does not fit (${fault.reason.replaceAll("_", " ")}).`);
      return 1;
    }
    previous = { id: event.id, hash: event.hash };
    if (head?.id === event.id && head.hash === event.hash) headHolds = true;
  }
  if (!headHolds) {
    console.log(`NOT INTACT: event ${head!.id} with the hash given is not in this log.`);
    return 1;
  }
  console.log(
    previous ? `INTACT: ${previous.id} events. Head ${previous.id}:${previous.hash}` : "The log is empty.",
  );
  return 0;
}

try {
  process.exitCode = await check(readArguments());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
