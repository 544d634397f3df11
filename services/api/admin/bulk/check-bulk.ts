import type { z } from "zod";
import type { BulkReport, CheckBulkRequest } from "../../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import { type Connection, databaseNow } from "../../../shared/db/database.ts";
import { isInvitable } from "../../records/assessment-version.ts";
import { findOpenInvitations } from "../../records/bulk-invitation.ts";
import { requireWindow, windowOf } from "../invitation-window.ts";
import { isTimeZone } from "./cell-values.ts";
import { decodeTable } from "./decode-table.ts";
import { readRows } from "./read-rows.ts";
import { readTable } from "./read-table.ts";

export type TableRequest = z.infer<typeof CheckBulkRequest>;

/**
 * Reads a table and says what inviting everybody in it would do; nothing is stored.
 * @throws PlatformError assessment_version_not_found, bulk_unreadable, invalid_request
 */
export async function checkBulk(connection: Connection, request: TableRequest): Promise<BulkReport> {
  if (!(await isInvitable(connection, request.assessmentVersionId)))
    throw new PlatformError("assessment_version_not_found");
  if (!isTimeZone(request.timeZone)) throw invalid("timeZone", "is not the name of a time zone");
  const now = await databaseNow(connection);
  const window = windowOf(request, now);
  requireWindow(window, now);
  const { text, encoding } = textOf(request);
  const table = readTable(text);
  const { timeZone, extraTimeFactor } = request;
  const { hasHeader, columns, rows } = readRows(table, { ...window, timeZone, extraTimeFactor, now });
  await markInvited(connection, request.assessmentVersionId, rows);
  const readyCount = rows.filter(({ problems }) => problems.length === 0).length;
  return {
    dialect: { encoding, delimiter: table.delimiter, hasHeader, columns },
    rows,
    readyCount,
    problemCount: rows.length - readyCount,
  };
}

function textOf({ text, fileBase64 }: TableRequest) {
  if (fileBase64 === undefined) return { text: text ?? "", encoding: "UTF-8" };
  return decodeTable(Buffer.from(fileBase64, "base64"));
}

function invalid(path: string, message: string): PlatformError {
  return new PlatformError("invalid_request", undefined, { errors: [{ path, message }] });
}

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Who has an invitation to this assessment that they have not used gets no second one by accident. */
async function markInvited(
  connection: Connection,
  assessmentVersionId: string,
  rows: BulkReport["rows"],
): Promise<void> {
  const emails = rows.map(({ email }) => email.toLowerCase()).filter(Boolean);
  const open = await findOpenInvitations(connection, assessmentVersionId, emails);
  for (const row of rows) {
    const invitedAt = open.get(row.email.toLowerCase());
    if (invitedAt)
      row.problems.push({
        field: "email",
        code: "already_invited",
        message: `has an unused invitation of ${DAY.format(invitedAt)}; revoke it, or invite anew from there`,
      });
  }
}
