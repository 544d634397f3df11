import { join } from "node:path";
import { ensureBaseImage } from "./base-image.ts";
import { type ContextFile, hashContext, packContext, readContext, readPartOf } from "./build-context.ts";
import { withBuildLock } from "./build-lock.ts";
import { proxyBuildArgs, readHostCaBundle } from "./host-network.ts";
import { connectImageEngine, type ImageEngine } from "./image-engine.ts";
import { openRegistry, type Registry } from "./registry.ts";

/** What a machine needs to run Worksample from its source. */
export const IMAGE_NAMES = ["postgres", "valkey", "workbench"] as const;
/** `platform` is Worksample itself, for docker-compose.yml. */
export type ImageName = (typeof IMAGE_NAMES)[number] | "platform";

interface Recipe {
  /** Image of the registry that does as well, where it can be reached. */
  official?: string;
  /** Name the image gets here. Without a tag, the tag is the hash of what it is made of, and `:dev`. */
  local: string;
  /** Directory of the Dockerfile, relative to the project. */
  context: string;
  /** What else of the project goes into the image; the context then is the project's root. */
  parts?: readonly string[];
}

const RECIPES: Record<ImageName, Recipe> = {
  postgres: {
    official: "postgres:17",
    local: "worksample/postgres:17",
    context: "services/tools/images/postgres",
  },
  valkey: {
    official: "valkey/valkey:8",
    local: "worksample/valkey:8",
    context: "services/tools/images/valkey",
  },
  workbench: { local: "worksample/workbench", context: "sandbox-images/workbench" },
  platform: {
    local: "worksample/platform",
    context: "services/tools/images/platform",
    parts: [
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "services",
      "migrations",
      "datasets",
      "sandbox-images",
    ],
  },
};

const PROJECT = join(import.meta.dirname, "../../..");
/** Label holding the hash of the build context: says whether a local image is what the Dockerfile makes. */
const CONTEXT_LABEL = "worksample.context";

export interface EnsureImagesOptions {
  /** Called with a line for people at each step. */
  onProgress?: (message: string) => void;
  engine?: ImageEngine;
  /** Held while building, so that one process of the machine does at a time. */
  lockFile?: string;
}

/**
 * Makes sure that the images are on this machine and current, and says under which names.
 * Takes well under a second when they are; minutes when they must be built.
 *
 * @throws ImageError with a sentence to act on
 */
export async function ensureImages<const Name extends ImageName>(
  names: readonly Name[],
  options: EnsureImagesOptions = {},
): Promise<Record<Name, string>> {
  const engine = options.engine ?? connectImageEngine();
  const run: Run = {
    engine,
    registry: openRegistry(engine),
    onProgress: options.onProgress ?? (() => {}),
    lockFile: options.lockFile,
  };
  const resolved: Partial<Record<ImageName, string>> = {};
  // One after the other: builds are bound by the processor, and the base image is made once.
  for (const name of names) resolved[name] = await ensureImage(RECIPES[name], run);
  return resolved as Record<Name, string>;
}

interface Run {
  engine: ImageEngine;
  registry: Registry;
  onProgress: (message: string) => void;
  lockFile: string | undefined;
}

async function ensureImage(recipe: Recipe, run: Run): Promise<string> {
  const { engine, registry, onProgress } = run;
  if (recipe.official && (await engine.labels(recipe.official))) return recipe.official;

  const files = recipe.parts
    ? await readPartOf(PROJECT, recipe.parts)
    : await readContext(join(PROJECT, recipe.context));
  const hash = hashContext(files);
  const tagged = recipe.local.includes(":");
  const image = tagged ? recipe.local : `${recipe.local}:${hash}`;
  if ((await engine.labels(image))?.[CONTEXT_LABEL] !== hash) {
    if (recipe.official) {
      onProgress(`Pulling ${recipe.official}`);
      if (await registry.tryPull(recipe.official)) return recipe.official;
    }
    const dockerfile = recipe.parts ? `${recipe.context}/Dockerfile` : "Dockerfile";
    await withBuildLock(
      () => onProgress("Waiting for another process that builds images"),
      async () => {
        const builtMeanwhile = (await engine.labels(image))?.[CONTEXT_LABEL] === hash;
        if (!builtMeanwhile) await buildImage({ image, hash, files, dockerfile }, run);
      },
      run.lockFile,
    );
  }
  if (!tagged) await engine.tag(image, `${recipe.local}:dev`);
  return image;
}

interface Build {
  image: string;
  hash: string;
  files: ContextFile[];
  /** Relative to the context. */
  dockerfile: string;
}

async function buildImage({ image, hash, files, dockerfile }: Build, run: Run): Promise<void> {
  const base = await ensureBaseImage(run.engine, run.registry, run.onProgress);
  const bundle = { path: "ca-bundle.pem", executable: false, content: await readHostCaBundle() };
  run.onProgress(`Building ${image}`);
  await run.engine.build(packContext([...files, bundle]), {
    image,
    dockerfile,
    buildArgs: { BASE_IMAGE: base, ...proxyBuildArgs() },
    labels: { [CONTEXT_LABEL]: hash },
    onStep: (step) => run.onProgress(`${image}: ${step}`),
  });
}
