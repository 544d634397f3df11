import type { Connection } from "../../shared/db/database.ts";

/** The faults that mock APIs showed to an attempt's programs, most frequent first. */
export async function countFaults(
  connection: Connection,
  attemptId: string,
): Promise<{ hostname: string; fault: string; count: number }[]> {
  const rows = await connection
    .selectFrom("mock_api_request")
    .select((select) => ["hostname", "fault", select.fn.countAll<number>().as("count")])
    .where("attempt_id", "=", attemptId)
    .where("fault", "is not", null)
    .groupBy(["hostname", "fault"])
    .orderBy("count", "desc")
    .orderBy("hostname")
    .orderBy("fault")
    .execute();
  return rows.map((row) => ({ ...row, fault: row.fault! }));
}
