import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * Builds the pages into a folder of their own, so that a running installation keeps the ones it serves.
 * Returns the folder. `WORKSAMPLE_PAGES_DIR` names pages that are built already.
 */
export function buildPages(): string {
  const given = process.env.WORKSAMPLE_PAGES_DIR;
  if (given) return given;
  const folder = resolve("test/.output/pages");
  const vite = ["node_modules/vite/bin/vite.js", "build", "--config", "services/web/vite.config.ts"];
  // The test runner's NODE_ENV would make a development build of React.
  const env = { ...process.env, NODE_ENV: "production" };
  execFileSync(process.execPath, [...vite, "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"], {
    env,
  });
  return folder;
}
