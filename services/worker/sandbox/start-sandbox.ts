import { mkdir } from "node:fs/promises";
import { materialiseTree } from "../../shared/archive/tree-tar.ts";
import { readTree } from "../../shared/blobs/tree-blobs.ts";
import { imageReference } from "../../shared/config/config.ts";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import { mockApiKey } from "../../shared/domain/mock-api-key.ts";
import { nameVariables } from "../../shared/domain/mock-api-variables.ts";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { mockApiBaseUrl } from "../../shared/mock-api/compile/base-paths.ts";
import { INSIDE, sandboxLayout, workspaceLayout } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import { ensureOwnDataset, isShared } from "../datasets/deliver/own-dataset.ts";
import type { BindMount, ContainerSpec } from "../engine/engine.ts";
import {
  type AttemptRecord,
  findDatasets,
  findSandboxMockApis,
  type SandboxMockApi,
} from "../records/attempt-record.ts";
import { keyOwnerOf } from "../records/run-record.ts";
import { moveSandbox, type SandboxRecord, setContainer } from "../records/sandbox-record.ts";
import { ensureDataset } from "../volume/dataset-cache.ts";
import { closeGate } from "./close-gate.ts";
import { fillingOf } from "./filling.ts";
import { waitForIde } from "./ide-probe.ts";

/** Names every sandbox can resolve; the gateway says which of them serve this attempt. */
const STANDARD_HOSTNAMES = ["models.internal", "packages.internal"];

/**
 * Brings up one sandbox and returns once its IDE answers.
 * @param fillFrom digest of the tree a new workspace is filled with; null keeps the workspace as it is.
 */
export async function startSandbox(
  context: WorkerContext,
  attempt: AttemptRecord,
  spec: AssessmentSpec,
  sandbox: SandboxRecord,
  fillFrom: string | null,
): Promise<void> {
  const { config, engine, volumes, gateway } = context;
  const layout = sandboxLayout(config.dataDir, sandbox.id);
  const workspace = workspaceLayout(config.dataDir, attempt.id);
  await mkdir(layout.run, { recursive: true, mode: 0o755 });
  await volumes.createSocketDirectory(layout.ide);
  const filling = fillFrom === null ? null : fillingOf(await readTree(fillFrom, context.blobs), spec.limits);
  if (filling) await volumes.createWorkspace(workspace.image, workspace.files, filling.volumeMib);
  else await volumes.mountWorkspace(workspace.image, workspace.files);
  await gateway.open({
    sandboxId: sandbox.id,
    attemptId: attempt.id,
    epoch: sandbox.epoch,
    kind: attempt.kind,
  });
  const containerId = await engine.create(
    `worksample-${sandbox.id}`,
    await containerSpec(context, attempt, spec, sandbox, {
      run: layout.run,
      ide: layout.ide,
      workspace: workspace.files,
    }),
  );
  await setContainer(context.db, sandbox.id, containerId);
  if (filling) {
    const { tree } = filling;
    await engine.putArchive(containerId, INSIDE.workspace, materialiseTree({ tree, blobs: context.blobs }));
    await volumes.keepWorkspace(workspace.image);
  }
  await engine.start(containerId);
  await waitForIde(layout.ideSocket, config.provisionTimeoutSec * 1000, async () => {
    const status = await engine.status(containerId);
    return status === "running" || status === "paused";
  });
}

async function containerSpec(
  context: WorkerContext,
  attempt: AttemptRecord,
  spec: AssessmentSpec,
  sandbox: SandboxRecord,
  directories: { run: string; ide: string; workspace: string },
): Promise<ContainerSpec> {
  const { config } = context;
  // A practice workspace has neither the data nor the API of the task: it must give no head start.
  const hasTask = attempt.kind !== "practice";
  const datasets = hasTask ? await findDatasets(context.db, attempt.assessmentVersionId) : [];
  const apis = hasTask ? await findSandboxMockApis(context.db, attempt.assessmentVersionId) : [];
  const mounts: BindMount[] = [
    { source: directories.run, target: INSIDE.run, readOnly: true },
    { source: directories.ide, target: `${INSIDE.run}/ide`, readOnly: false },
    { source: directories.workspace, target: INSIDE.workspace, readOnly: false },
  ];
  for (const dataset of datasets) {
    const source = isShared(dataset.delivery)
      ? await ensureDataset(config.dataDir, context.blobs, dataset.sha256, dataset.manifest)
      : await ensureOwnDataset(context, attempt, dataset);
    mounts.push({ source, target: `${INSIDE.datasets}/${dataset.mountName}`, readOnly: true });
  }
  return {
    image: imageReference(config, spec.image),
    runtime: config.sandboxRuntime,
    hostId: config.hostId,
    sandboxId: sandbox.id,
    attemptId: attempt.id,
    epoch: sandbox.epoch,
    environment: mockApiEnvironment(config.secret, await keyOwnerOf(context.db, attempt), apis),
    hostnames: [...apis.map(({ hostname }) => hostname), ...STANDARD_HOSTNAMES],
    mounts,
    limits: spec.limits,
  };
}

/**
 * Address and key of each mock API, under the names that `nameVariables` gives them. A key that its bindings call
 * otherwise is there under the name beside the address as well: briefs may speak of either.
 */
export function mockApiEnvironment(
  secret: string,
  attemptId: string,
  apis: SandboxMockApi[],
): Record<string, string> {
  const sealer = new TokenSealer(secret);
  const environment: Record<string, string> = {};
  const names = nameVariables(apis);
  for (const { hostname, servers } of apis) {
    const { address, key } = names.get(hostname)!;
    environment[address] = mockApiBaseUrl(hostname, servers);
    const value = mockApiKey(sealer, attemptId, hostname);
    environment[address.replace(/_BASE_URL$/, "_API_KEY")] = value;
    environment[key] = value;
  }
  return environment;
}

/** Removes a sandbox's container, sockets and gateway entry. The workspace stays. Each step is harmless when done. */
export async function removeSandbox(
  context: WorkerContext,
  sandbox: SandboxRecord,
  reason: string,
): Promise<void> {
  const layout = sandboxLayout(context.config.dataDir, sandbox.id);
  await closeGate(context, sandbox.id);
  if (sandbox.containerId) await context.engine.remove(sandbox.containerId);
  await context.volumes.destroySocketDirectory(layout.root, layout.ide);
  await moveSandbox(context.db, sandbox.id, ["starting", "ready", "frozen", "lost"], "removed", reason);
}
