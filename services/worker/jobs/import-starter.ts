import type { JobPayload } from "../../shared/queue/jobs.ts";
import type { WorkerContext } from "../context.ts";
import { endStarterImport, findWaitingStarter } from "../records/starter-import-record.ts";
import { readStarterArchive } from "../starter/read-starter-archive.ts";
import { StarterRefusedError } from "../starter/starter-collector.ts";
import type { JobRun } from "./job-run.ts";

/** Reads an uploaded archive into the tree that workspaces start with. Reading it twice gives the same tree. */
export async function importStarter(
  context: WorkerContext,
  { uploadId }: JobPayload<"import-starter">,
  run: Pick<JobRun, "bailOut" | "isLastTry">,
): Promise<void> {
  const sha256 = await findWaitingStarter(context.db, uploadId);
  if (sha256 === null) return run.bailOut("no upload waits to be read");
  try {
    const treeSha256 = await readStarterArchive(context.blobs, sha256);
    await endStarterImport(context.db, uploadId, { treeSha256 });
  } catch (error) {
    if (error instanceof StarterRefusedError)
      return endStarterImport(context.db, uploadId, { problems: error.problems });
    if (run.isLastTry)
      await endStarterImport(context.db, uploadId, {
        problems: ["The archive could not be read on our side. Upload it again."],
      });
    throw error;
  }
}
