import type { StaffRole } from "../../shared/contracts/common.ts";
import type { Connection } from "../../shared/db/database.ts";

export interface StaffUserRow {
  id: string;
  name: string;
  email: string;
  role: StaffRole;
  createdAt: Date;
}

const COLUMNS = ["id", "name", "email", "role", "created_at as createdAt"] as const;

/** Null when the e-mail address has an account already. */
export async function insertStaffUser(
  connection: Connection,
  user: { id: string; name: string; email: string; role: StaffRole },
): Promise<StaffUserRow | null> {
  const row = await connection
    .insertInto("staff_user")
    .values(user)
    .onConflict((conflict) => conflict.column("email").doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  return (row as StaffUserRow | undefined) ?? null;
}

export async function listStaffUsers(connection: Connection): Promise<StaffUserRow[]> {
  const rows = await connection.selectFrom("staff_user").select(COLUMNS).orderBy("name").execute();
  return rows as StaffUserRow[];
}
