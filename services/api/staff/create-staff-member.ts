import { randomUUID } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import type { StaffRole } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { insertStaffUser, type StaffUserRow } from "../records/staff-user.ts";

export interface NewStaffMember {
  name: string;
  email: string;
  role: StaffRole;
  /** 12 to 128 characters; only its scrypt hash is kept. */
  password: string;
}

/** The only way accounts are made: there is no sign-up. @throws PlatformError email_taken */
export async function createStaffMember(
  db: Database,
  member: NewStaffMember,
  actor: AuditActor,
): Promise<StaffUserRow> {
  const passwordHash = await hashPassword(member.password);
  return db.transaction().execute(async (transaction) => {
    const id = randomUUID();
    const created = await insertStaffUser(transaction, {
      id,
      name: member.name,
      // Sign-in looks for the lower-case form.
      email: member.email.toLowerCase(),
      role: member.role,
    });
    if (!created) throw new PlatformError("email_taken");
    await transaction
      .insertInto("staff_account")
      .values({
        id: randomUUID(),
        user_id: id,
        account_id: id,
        provider_id: "credential",
        password: passwordHash,
      })
      .execute();
    await recordAudit(transaction, actor, {
      action: "staff.create",
      subject: { type: "staff", id, label: created.name },
      after: { name: created.name, email: created.email, role: created.role },
    });
    return created;
  });
}
