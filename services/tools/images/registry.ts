import type { ImageEngine } from "./image-engine.ts";

/** A registry that has not answered by then is taken for unreachable. */
const ANSWER_WITHIN_MS = 5_000;

/** The container registry, which many machines do not reach. The first pull decides for the whole run. */
export interface Registry {
  /** Pulls and says whether the image is here now. Returns false at once when an earlier pull failed. */
  tryPull(image: string): Promise<boolean>;
}

export function openRegistry(engine: ImageEngine): Registry {
  let reachable: Promise<boolean> | undefined;

  const pull = (image: string) =>
    engine.pull(image, ANSWER_WITHIN_MS).then(
      () => true,
      () => false,
    );

  return {
    async tryPull(image) {
      if (reachable === undefined) {
        reachable = pull(image);
        return reachable;
      }
      return (await reachable) && pull(image);
    },
  };
}
