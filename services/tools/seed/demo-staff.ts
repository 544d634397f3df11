import { digestApiToken } from "../../api/records/api-token.ts";
import { createApiToken } from "../../api/staff/create-api-token.ts";
import { createStaffMember } from "../../api/staff/create-staff-member.ts";
import { ApiScope } from "../../shared/contracts/api-token.ts";
import { commandActor } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Demo } from "../instance/demo-file.ts";
import type { Instance } from "../instance/instance.ts";

/** Accounts of the demo; their passwords are made once for each instance. */
export async function ensureDemoStaff(
  db: Database,
  instance: Instance,
): Promise<Pick<Demo, "admin" | "reviewer" | "reviewer2">> {
  const { secrets, publicUrl } = instance;
  const people = [
    { name: "Ada Admin", email: "admin@harbourly.example", role: "admin", password: secrets.adminPassword },
    {
      name: "Rosa Reviewer",
      email: "reviewer@harbourly.example",
      role: "reviewer",
      password: secrets.reviewerPassword,
    },
    {
      name: "Ravi Reviewer",
      email: "reviewer2@harbourly.example",
      role: "reviewer",
      password: secrets.secondReviewerPassword,
    },
  ] as const;
  for (const person of people) {
    const known = await db
      .selectFrom("staff_user")
      .select("id")
      .where("email", "=", person.email)
      .executeTakeFirst();
    if (!known) await createStaffMember(db, person, commandActor("seed"));
  }
  const [admin, reviewer, second] = people;
  return {
    admin: { url: `${publicUrl}/admin`, email: admin.email, password: admin.password },
    reviewer: { url: `${publicUrl}/review`, email: reviewer.email, password: reviewer.password },
    reviewer2: { url: `${publicUrl}/review`, email: second.email, password: second.password },
  };
}

/** @param known the token of an earlier start; kept while the database knows it. */
export async function ensureAdminApiToken(db: Database, known: string | null): Promise<string> {
  if (known !== null) {
    const row = await db
      .selectFrom("api_token")
      .select("id")
      .where("token_sha256", "=", digestApiToken(known))
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (row) return known;
  }
  const { token } = await createApiToken(
    db,
    { name: "Demo", scopes: ApiScope.options },
    commandActor("seed"),
  );
  return token;
}
