import { performance } from "node:perf_hooks";
import { type Duplex, type Readable, Writable } from "node:stream";
import Docker from "dockerode";
import { containerOptions, LABELS } from "./container-options.ts";
import {
  type CommandResult,
  CommandTimeoutError,
  type ContainerEngine,
  ContainerGoneError,
  type ContainerSpec,
  type ContainerStatus,
  type ContainerUsage,
} from "./engine.ts";

const REOPEN_MS = 1000;

interface DockerFailure {
  statusCode?: number;
}

function statusOf(error: unknown): number | undefined {
  return (error as DockerFailure).statusCode;
}

/** The worker's port to Docker (API 1.41 and later). */
export class DockerEngine implements ContainerEngine {
  readonly #docker: Docker;

  constructor(socketPath: string) {
    this.#docker = new Docker({ socketPath, version: "v1.41" });
  }

  async create(name: string, spec: ContainerSpec): Promise<string> {
    const container = await this.#docker.createContainer(containerOptions(name, spec));
    return container.id;
  }

  async putArchive(containerId: string, directory: string, tar: Readable): Promise<void> {
    await this.#docker.getContainer(containerId).putArchive(tar, { path: directory });
  }

  async start(containerId: string): Promise<void> {
    await this.#docker.getContainer(containerId).start();
  }

  async run(
    containerId: string,
    command: readonly string[],
    { timeoutMs, outputBytes }: { timeoutMs: number; outputBytes: number },
  ): Promise<CommandResult> {
    const exec = await this.#docker
      .getContainer(containerId)
      .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
    const stream = await exec.start({});
    const output = await readOutput(this.#docker, stream, timeoutMs, outputBytes);
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? -1, output };
  }

  async pause(containerId: string): Promise<void> {
    await this.#bringTo("paused", containerId, (container) => container.pause());
  }

  async unpause(containerId: string): Promise<void> {
    await this.#bringTo("running", containerId, (container) => container.unpause());
  }

  async #bringTo(
    wanted: ContainerStatus,
    containerId: string,
    act: (container: Docker.Container) => Promise<unknown>,
  ): Promise<void> {
    try {
      await act(this.#docker.getContainer(containerId));
    } catch (error) {
      const status = await this.status(containerId);
      if (status === wanted) return;
      if (status === "gone" || status === "stopped") throw new ContainerGoneError(containerId);
      throw error;
    }
  }

  async remove(containerId: string): Promise<void> {
    try {
      await this.#docker.getContainer(containerId).remove({ force: true, v: true });
    } catch (error) {
      if (statusOf(error) === 404) return;
      // A removal under way elsewhere ends the same way.
      if (statusOf(error) !== 409) throw error;
    }
  }

  async status(containerId: string): Promise<ContainerStatus> {
    try {
      const { State } = await this.#docker.getContainer(containerId).inspect();
      if (State.Paused) return "paused";
      return State.Running ? "running" : "stopped";
    } catch (error) {
      if (statusOf(error) === 404) return "gone";
      throw error;
    }
  }

  async usage(containerId: string): Promise<ContainerUsage> {
    const stats = await this.#docker.getContainer(containerId).stats({ stream: false, "one-shot": true });
    const details: Record<string, number | undefined> = { ...stats.memory_stats?.stats };
    const cache = details.inactive_file ?? details.total_inactive_file ?? 0;
    return {
      memoryBytes: Math.max(0, (stats.memory_stats?.usage ?? 0) - cache),
      cpuNanoseconds: stats.cpu_stats?.cpu_usage?.total_usage ?? 0,
      at: performance.now(),
    };
  }

  async list(hostId: string): Promise<{ containerId: string; sandboxId: string }[]> {
    const containers = await this.#docker.listContainers({
      all: true,
      filters: { label: [`${LABELS.host}=${hostId}`] },
    });
    return containers.map((container) => ({
      containerId: container.Id,
      sandboxId: container.Labels[LABELS.sandbox] ?? "",
    }));
  }

  async watchDeaths(hostId: string, onDeath: (sandboxId: string) => void): Promise<() => void> {
    let stopped = false;
    let retry: NodeJS.Timeout | undefined;
    let stream = await this.#openDeaths(hostId, onDeath);
    // The daemon restarting ends the stream; what is missed meanwhile, the sweep finds.
    const reopen = () => {
      if (stopped) return;
      retry = setTimeout(async () => {
        try {
          stream = await this.#openDeaths(hostId, onDeath);
          stream.once("close", reopen);
        } catch {
          reopen();
        }
      }, REOPEN_MS);
    };
    stream.once("close", reopen);
    return () => {
      stopped = true;
      clearTimeout(retry);
      stream.destroy();
    };
  }

  async #openDeaths(hostId: string, onDeath: (sandboxId: string) => void): Promise<Readable> {
    const stream = (await this.#docker.getEvents({
      filters: { type: ["container"], event: ["die"], label: [`${LABELS.host}=${hostId}`] },
    })) as Readable;
    let pending = "";
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      const lines = (pending + chunk).split("\n");
      pending = lines.pop() ?? "";
      for (const line of lines) {
        const sandboxId = sandboxOfEvent(line);
        if (sandboxId) onDeath(sandboxId);
      }
    });
    stream.on("error", () => {});
    return stream;
  }

  async ping(): Promise<void> {
    await this.#docker.ping();
  }
}

/** Both streams of a program, in the order they came, until they end. What is past the limit is dropped. */
function readOutput(docker: Docker, stream: Duplex, timeoutMs: number, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        if (bytes < limit) chunks.push(chunk.subarray(0, limit - bytes));
        bytes += chunk.length;
        done();
      },
    });
    const timer = setTimeout(() => {
      stream.destroy();
      reject(new CommandTimeoutError(timeoutMs));
    }, timeoutMs);
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      settle();
    };
    stream.once(
      "end",
      end(() => resolve(Buffer.concat(chunks))),
    );
    stream.once("error", (error) => end(() => reject(error))());
    docker.modem.demuxStream(stream, sink, sink);
  });
}

function sandboxOfEvent(line: string): string | undefined {
  if (line.trim() === "") return undefined;
  try {
    const event = JSON.parse(line) as { Actor?: { Attributes?: Record<string, string> } };
    return event.Actor?.Attributes?.[LABELS.sandbox];
  } catch {
    return undefined;
  }
}
