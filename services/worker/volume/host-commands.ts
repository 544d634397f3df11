import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import Docker from "dockerode";

const run = promisify(execFile);

/** Runs a program in the host's mount namespace, as root. @throws HostCommandError */
export type HostCommand = (program: string, ...args: string[]) => Promise<string>;

export class HostCommandError extends Error {
  constructor(command: string, detail: string) {
    super(`${command} failed on the host: ${detail.trim() || "no output"}`);
    this.name = "HostCommandError";
  }
}

/** For a worker that runs as root on the host itself. */
export const runDirectly: HostCommand = async (program, ...args) => {
  try {
    const { stdout } = await run(program, args, {
      timeout: 60_000,
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
    });
    return stdout;
  } catch (error) {
    throw new HostCommandError(
      [program, ...args].join(" "),
      (error as { stderr?: string }).stderr ?? String(error),
    );
  }
};

/**
 * For a worker that runs in a container, or as a user who may use Docker: a short-lived privileged container
 * enters the host's mount namespace. Slower by the start of a container, otherwise the same.
 */
export function runThroughContainer(dockerSocket: string, image: string): HostCommand {
  const docker = new Docker({ socketPath: dockerSocket, version: "v1.41" });
  return async (program, ...args) => {
    const container = await docker.createContainer({
      Image: image,
      User: "0:0",
      Entrypoint: ["nsenter", "--target", "1", "--mount", "--", program, ...args],
      Cmd: [],
      Tty: true,
      HostConfig: { Privileged: true, PidMode: "host", NetworkMode: "none" },
    });
    try {
      await container.start();
      const { StatusCode } = (await container.wait()) as { StatusCode: number };
      const output = (await container.logs({ stdout: true, stderr: true })).toString();
      if (StatusCode !== 0) throw new HostCommandError([program, ...args].join(" "), output);
      return output;
    } finally {
      await container.remove({ force: true }).catch(() => {});
    }
  };
}

export function chooseHostCommand(dockerSocket: string, image: string): HostCommand {
  const onTheHost = process.getuid?.() === 0 && !existsSync("/.dockerenv");
  return onTheHost ? runDirectly : runThroughContainer(dockerSocket, image);
}
