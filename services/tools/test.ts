/**
 * `npm test`: types, lint, then every test on real Docker, Postgres, Valkey and Chromium. Installs and builds what
 * is missing first. Arguments go to vitest, for example `npm test -- --project unit clock`.
 */
import { join } from "node:path";
import { execa } from "execa";
import { ensureImages } from "./images/ensure-images.ts";
import { ensureBrowser } from "./instance/browser.ts";
import { ensureCompose } from "./instance/compose.ts";
import { ensureDocker } from "./instance/docker-host.ts";
import { PROJECT_DIRECTORY } from "./instance/instance.ts";
import { buildPages } from "./instance/pages.ts";
import { Progress } from "./instance/progress.ts";
import { runTool, UserError } from "./instance/user-error.ts";

await runTool(async () => {
  const progress = new Progress(Number(process.env.WORKSAMPLE_STARTED_AT) || Date.now());
  const bin = (name: string) => join(PROJECT_DIRECTORY, "node_modules/.bin", name);
  const check = async (name: string, ...args: string[]) => {
    const result = await execa(bin(name), args, { cwd: PROJECT_DIRECTORY, reject: false, all: true });
    if (result.exitCode !== 0) throw new UserError(`${name} found faults:\n${result.all}`);
  };
  await progress.step("Types", () => check("tsc", "-p", "."));
  await progress.step("Lint", () => check("biome", "check", "."));
  await progress.step("Docker", ensureDocker);
  await progress.step("Docker Compose", ensureCompose);
  await progress.step("Images", (detail) =>
    ensureImages(["postgres", "valkey", "workbench"], { onProgress: detail }),
  );
  await progress.step("Chromium", ensureBrowser);
  await progress.step("Pages", buildPages);
  const vitest = join(PROJECT_DIRECTORY, "node_modules/vitest/vitest.mjs");
  const { exitCode } = await execa(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
    cwd: PROJECT_DIRECTORY,
    stdio: "inherit",
    reject: false,
    env: {
      TESTCONTAINERS_RYUK_DISABLED: "true",
      // Built above, once for all files of tests.
      WORKSAMPLE_PAGES_DIR: join(PROJECT_DIRECTORY, "services/web/dist"),
    },
  });
  console.log(`Took ${progress.total}.`);
  process.exitCode = exitCode ?? 1;
});
