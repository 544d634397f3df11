import { writeTree } from "../../shared/blobs/tree-blobs.ts";
import { workspaceLayout } from "../../shared/sandbox/layout.ts";
import { captureTree } from "../capture/capture-tree.ts";
import type { WorkerContext } from "../context.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";
import { latestSnapshotTree, markSaved, saveSnapshot } from "../records/snapshot-record.ts";

/** Saves a workspace as it is now, while it is in use. Nothing is written but the time when nothing changed. */
export async function takeSnapshot(context: WorkerContext, attemptId: string, epoch: number): Promise<void> {
  const { files } = workspaceLayout(context.config.dataDir, attemptId);
  // Without its volume the directory is an empty one of the host, and would be saved as an empty workspace.
  if (!(await context.volumes.isMounted(files))) {
    context.log.warn({ attemptId }, "a workspace is not mounted; nothing was saved");
    return;
  }
  const stopTimer = context.metrics.snapshotSeconds.startTimer();
  const { totalBytes } = await context.volumes.workspaceUsage(files);
  const capture = await captureTree({
    root: files,
    blobs: context.blobs,
    limits: { volumeBytes: totalBytes },
    previous: context.captureCaches.get(attemptId),
  });
  const treeSha256 = await writeTree(capture.tree, context.blobs);
  context.captureCaches.set(attemptId, capture.cache);
  context.snapshotPace.spend(attemptId, capture.stats.bytesRead, totalBytes);
  if ((await latestSnapshotTree(context.db, attemptId)) !== treeSha256) {
    const { files: fileCount, bytes, changed } = capture.stats;
    const saved = await saveSnapshot(context.db, {
      attemptId,
      epoch,
      treeSha256,
      fileCount,
      totalBytes: bytes,
      changedCount: changed,
    });
    if (saved)
      await recordPlatformEvent(context.db, attemptId, "snapshot", {
        files: fileCount,
        bytes,
        changed,
        treeSha256,
      });
  }
  await markSaved(context.db, attemptId);
  stopTimer();
}
