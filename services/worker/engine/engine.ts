import type { Readable } from "node:stream";

/** Everything the worker asks of a container engine; narrow, so that another engine could stand behind it. */
export interface ContainerEngine {
  /** Creates and does not start. @returns the container's id. */
  create(name: string, spec: ContainerSpec): Promise<string>;
  /** Unpacks a tar stream into a directory of a created container; the engine confines it to the container. */
  putArchive(containerId: string, directory: string, tar: Readable): Promise<void>;
  start(containerId: string): Promise<void>;
  /**
   * Runs a program in a running container, as the sandbox's user, to its end.
   * @throws CommandTimeoutError after `timeoutMs`; the program ends with its container then
   */
  run(
    containerId: string,
    command: readonly string[],
    limits: { timeoutMs: number; outputBytes: number },
  ): Promise<CommandResult>;
  /** Stops every process where it is. Harmless when paused already. @throws ContainerGoneError */
  pause(containerId: string): Promise<void>;
  /** Lets the processes of a paused container go on. Harmless when it is running. @throws ContainerGoneError */
  unpause(containerId: string): Promise<void>;
  /** Kills and removes; harmless when it is gone. */
  remove(containerId: string): Promise<void>;
  status(containerId: string): Promise<ContainerStatus>;
  usage(containerId: string): Promise<ContainerUsage>;
  /** Containers this platform made on this host, running or not. */
  list(hostId: string): Promise<{ containerId: string; sandboxId: string }[]>;
  /** Calls `onDeath` whenever such a container stops by itself. @returns a function that stops watching. */
  watchDeaths(hostId: string, onDeath: (sandboxId: string) => void): Promise<() => void>;
  ping(): Promise<void>;
}

export type ContainerStatus = "running" | "paused" | "stopped" | "gone";

/** Cumulative processor time in nanoseconds; memory without page cache, in bytes. */
export interface ContainerUsage {
  memoryBytes: number;
  cpuNanoseconds: number;
  /** Monotonic milliseconds when it was read. */
  at: number;
}

/** What a program in a container did; its output is the container's, cut at the limit, and not to be believed. */
export interface CommandResult {
  exitCode: number;
  output: Buffer;
}

export class CommandTimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`the program did not end within ${Math.round(timeoutMs / 1000)} s`);
    this.name = "CommandTimeoutError";
  }
}

export interface BindMount {
  source: string;
  target: string;
  readOnly: boolean;
}

export interface ContainerSpec {
  image: string;
  runtime: string;
  hostId: string;
  sandboxId: string;
  attemptId: string;
  epoch: number;
  environment: Record<string, string>;
  /** Names that resolve to the forwarder at 127.0.0.1 inside. */
  hostnames: string[];
  mounts: BindMount[];
  limits: { cpus: number; memoryMib: number; pids: number };
}

export class ContainerGoneError extends Error {
  constructor(containerId: string) {
    super(`container ${containerId.slice(0, 12)} is gone`);
    this.name = "ContainerGoneError";
  }
}
