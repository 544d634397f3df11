import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import Docker from "dockerode";
import { explainFailure, ImageError } from "./image-error.ts";

/** What obtaining images needs of Docker, and nothing else. */
export interface ImageEngine {
  /** Labels of a local image, or undefined when there is none of that name. */
  labels(image: string): Promise<Record<string, string> | undefined>;
  /** Pulls from the registry. Gives up when the registry has not said anything after `answerWithinMs`. */
  pull(image: string, answerWithinMs: number): Promise<void>;
  build(context: Readable, options: BuildOptions): Promise<void>;
  /** Makes an image of a tar of a root file system. */
  importRootFileSystem(tar: Readable, image: string): Promise<void>;
  tag(image: string, newName: string): Promise<void>;
}

export interface BuildOptions {
  image: string;
  /** Relative to the context. */
  dockerfile: string;
  buildArgs: Record<string, string>;
  labels: Record<string, string>;
  onStep: (step: string) => void;
}

interface EngineEvent {
  stream?: string;
  error?: string;
}

const OUTPUT_KEPT_FOR_ERROR = 16_000;
const LINES_OF_OUTPUT_IN_ERROR = 30;

export function connectImageEngine(docker = new Docker()): ImageEngine {
  const follow = (stream: NodeJS.ReadableStream, onEvent: (event: EngineEvent) => void = () => {}) =>
    new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(
        stream,
        (error: Error | null) => (error ? reject(error) : resolve()),
        (event: EngineEvent) => {
          onEvent(event);
          if (event.error) reject(new Error(event.error));
        },
      );
    });

  return {
    async labels(image) {
      try {
        return (await docker.getImage(image).inspect()).Config?.Labels ?? {};
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return undefined;
        throw explainFailure(`looking for the image ${image}`, error);
      }
    },

    async pull(image, answerWithinMs) {
      const silence = new AbortController();
      const timer = setTimeout(() => silence.abort(), answerWithinMs);
      try {
        const stream = await docker.createImage({ fromImage: image, abortSignal: silence.signal });
        await follow(stream, () => clearTimeout(timer));
      } catch (error) {
        throw new ImageError("pull_failed", `${image} could not be pulled from the registry.`, {
          cause: error,
        });
      } finally {
        clearTimeout(timer);
      }
    },

    async build(context, options) {
      let output = "";
      try {
        const stream = await docker.buildImage(context, {
          t: options.image,
          dockerfile: options.dockerfile,
          buildargs: options.buildArgs,
          labels: options.labels,
          rm: true,
          forcerm: true,
        });
        await follow(stream, (event) => {
          const text = stripVTControlCharacters(event.stream ?? "");
          output = (output + text).slice(-OUTPUT_KEPT_FOR_ERROR);
          if (/^Step \d+\/\d+ : /.test(text)) options.onStep(text.trim());
        });
      } catch (error) {
        const failure = explainFailure(`building ${options.image}`, error);
        if (failure.code !== "build_failed") throw failure;
        throw new ImageError("build_failed", `${failure.message}\n${lastLines(output)}`, { cause: error });
      }
    },

    async importRootFileSystem(tar, image) {
      const separator = image.lastIndexOf(":");
      try {
        const stream = await docker.importImage(tar, {
          repo: image.slice(0, separator),
          tag: image.slice(separator + 1),
          changes: 'CMD ["bash"]',
        });
        await follow(stream);
      } catch (error) {
        throw explainFailure(`importing ${image}`, error);
      }
    },

    async tag(image, newName) {
      const separator = newName.lastIndexOf(":");
      await docker
        .getImage(image)
        .tag({ repo: newName.slice(0, separator), tag: newName.slice(separator + 1) });
    },
  };
}

function lastLines(output: string): string {
  return output
    .split("\n")
    .filter((line) => line.trim())
    .slice(-LINES_OF_OUTPUT_IN_ERROR)
    .join("\n");
}
