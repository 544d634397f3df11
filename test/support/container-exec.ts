import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type Docker from "dockerode";

export interface Ran {
  exitCode: number;
  /** Standard output and error, in the order they came. */
  output: string;
}

export interface Inside {
  /** Runs a command to its end, as the candidate unless told otherwise. */
  run(command: string, options?: { user?: string }): Promise<Ran>;
  /** The same, and what it printed. @throws Error when it fails */
  print(command: string): Promise<string>;
  /** Starts a command and leaves it. */
  start(command: string): Promise<void>;
}

/** A shell in a container. */
export function insideOf(container: Docker.Container): Inside {
  const run: Inside["run"] = async (command, { user } = {}) => {
    const exec = await container.exec({
      Cmd: ["/bin/bash", "-c", command],
      AttachStdout: true,
      AttachStderr: true,
      ...(user ? { User: user } : {}),
    });
    const stream = await exec.start({});
    const output = new PassThrough();
    container.modem.demuxStream(stream, output, output);
    stream.on("end", () => output.end());
    stream.on("error", () => output.end());
    const printed = await text(output);
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode ?? -1, output: printed };
  };
  return {
    run,
    async print(command) {
      const { exitCode, output } = await run(command);
      if (exitCode !== 0) throw new Error(`${command} ended with status ${exitCode}: ${output}`);
      return output;
    },
    async start(command) {
      const exec = await container.exec({ Cmd: ["/bin/bash", "-c", command] });
      await exec.start({ Detach: true });
    },
  };
}
