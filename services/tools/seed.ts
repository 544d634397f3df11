/**
 * `node services/tools/seed.ts [--demo]`: makes an admin, which needs no other account and so is the way into a new
 * installation, and with `--demo` publishes the demo assessments. What is there already is left as it is.
 *
 * Settings as for the three processes, and WORKSAMPLE_ADMIN_EMAIL, WORKSAMPLE_ADMIN_PASSWORD (12 to 128 characters)
 * and WORKSAMPLE_ADMIN_NAME.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStaffMember, type NewStaffMember } from "../api/staff/create-staff-member.ts";
import { LocalBlobStore } from "../shared/blobs/local-blob-store.ts";
import { type Config, readConfig } from "../shared/config/config.ts";
import { CreateStaffRequest } from "../shared/contracts/admin.ts";
import { PlatformError } from "../shared/contracts/problem.ts";
import { commandActor } from "../shared/db/audit-log.ts";
import { type Database, openDatabase } from "../shared/db/database.ts";
import { blobDir } from "../shared/sandbox/layout.ts";
import { runTool, UserError } from "./instance/user-error.ts";
import { publishDemoAssessments } from "./seed/demo-assessments.ts";
import { ensureDemoDataset } from "./seed/demo-dataset.ts";
import { ensureDemoMockApi } from "./seed/demo-mock-api.ts";
import { ensureDemoModels } from "./seed/demo-models.ts";

/** The profile `demo` of docker-compose.yml has it there. */
const COMPOSE_MOCK_UPSTREAM = "http://mock-upstream:4003/v1";

await runTool(async () => {
  const wantsDemo = readArguments();
  const admin = readAdmin(process.env);
  if (!admin && !wantsDemo)
    throw new UserError(
      "Nothing to do: set WORKSAMPLE_ADMIN_EMAIL and WORKSAMPLE_ADMIN_PASSWORD to make an admin, or pass --demo.",
    );
  const config = readConfig();
  const database = openDatabase(config.databaseUrl, { name: "worksample-seed", maxConnections: 2 });
  try {
    if (admin) await ensureAdmin(database.db, admin, config.publicUrl);
    if (wantsDemo) await publishDemo(database.db, config);
  } finally {
    await database.close();
  }
});

function readArguments(): boolean {
  const [first, ...more] = process.argv.slice(2);
  if (more.length > 0 || (first !== undefined && first !== "--demo"))
    throw new UserError("Usage: node services/tools/seed.ts [--demo]");
  return first === "--demo";
}

/** Null when none is asked for. @throws UserError naming each variable that is missing or wrong */
function readAdmin(environment: NodeJS.ProcessEnv): NewStaffMember | null {
  const email = environment.WORKSAMPLE_ADMIN_EMAIL || undefined;
  const password = environment.WORKSAMPLE_ADMIN_PASSWORD || undefined;
  if (email === undefined && password === undefined) return null;
  const name = environment.WORKSAMPLE_ADMIN_NAME || "Admin";
  const parsed = CreateStaffRequest.safeParse({ name, email, password, role: "admin" });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    (issue) => `WORKSAMPLE_ADMIN_${String(issue.path[0]).toUpperCase()}: ${issue.message}`,
  );
  throw new UserError(`The admin cannot be made:\n${lines.join("\n")}`);
}

async function ensureAdmin(db: Database, admin: NewStaffMember, publicUrl: string): Promise<void> {
  try {
    await createStaffMember(db, admin, commandActor("seed"));
    console.log(`Made the admin ${admin.email}: sign in at ${publicUrl}/admin`);
  } catch (error) {
    if (!(error instanceof PlatformError && error.code === "email_taken")) throw error;
    console.log(`There is an account for ${admin.email} already; it was left as it is, password included.`);
  }
}

async function publishDemo(db: Database, config: Config): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "worksample-seed-"));
  try {
    const blobs = new LocalBlobStore(blobDir(config.dataDir));
    const dataset = await ensureDemoDataset(db, blobs, { home }, console.log);
    const mockApiVersionId = await ensureDemoMockApi(db, dataset);
    const models = await ensureDemoModels(
      db,
      process.env.WORKSAMPLE_MOCK_UPSTREAM_URL || COMPOSE_MOCK_UPSTREAM,
    );
    await publishDemoAssessments(db, blobs, { datasetVersionId: dataset.id, mockApiVersionId, models });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
  console.log("The demo assessments are published.");
}
