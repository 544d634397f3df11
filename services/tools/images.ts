/** `node services/tools/images.ts [name…]`: makes sure the images are here, a line with the time per step. */
import { ensureImages, IMAGE_NAMES, type ImageName } from "./images/ensure-images.ts";
import { ImageError } from "./images/image-error.ts";

const started = performance.now();
const report = (message: string) => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${message.split("\n", 1)[0]!.slice(0, 140)}`);
};

const asked = process.argv.slice(2);
const known: readonly string[] = [...IMAGE_NAMES, "platform"];
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no image named ${unknown.join(", ")}. The names are ${known.join(", ")}.`);
  process.exit(1);
}

try {
  const names = asked.length > 0 ? (asked as ImageName[]) : IMAGE_NAMES;
  const images = await ensureImages(names, { onProgress: report });
  for (const name of names) report(`${name} is ${images[name]}`);
} catch (error) {
  if (!(error instanceof ImageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
