import { existsSync } from "node:fs";
import { execa } from "execa";
import { UserError } from "./user-error.ts";

export const CHROMIUM = process.env.WORKSAMPLE_CHROMIUM ?? "/usr/bin/chromium";
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell";

/**
 * Chromium without the browser's own windows, where there is one: half the work for tests that visit hundreds of pages.
 */
export function pageBrowser(): string {
  return process.env.WORKSAMPLE_CHROMIUM === undefined && existsSync(HEADLESS_SHELL)
    ? HEADLESS_SHELL
    : CHROMIUM;
}

/** Makes sure that a Chromium for the browser tests is there; on Debian, as root, installs it. */
export async function ensureBrowser(detail: (text: string) => void): Promise<void> {
  if (existsSync(CHROMIUM)) return ensureHeadlessShell(detail);
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!canInstall)
    throw new UserError("The browser tests need Chromium: install it, or name one in WORKSAMPLE_CHROMIUM.");
  detail("installing chromium from Debian's packages");
  const environment = { env: { DEBIAN_FRONTEND: "noninteractive" } };
  await execa("apt-get", ["update", "-q"], environment);
  await execa("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], environment);
  await ensureHeadlessShell(detail);
}

/** Only Debian has it as a package; without it the tests take longer. */
async function ensureHeadlessShell(detail: (text: string) => void): Promise<void> {
  const wanted = process.env.WORKSAMPLE_CHROMIUM === undefined && !existsSync(HEADLESS_SHELL);
  if (!wanted || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  detail("installing chromium-headless-shell, if Debian has it");
  const install = ["install", "-y", "-q", "--no-install-recommends", "chromium-headless-shell"];
  await execa("apt-get", install, { env: { DEBIAN_FRONTEND: "noninteractive" }, reject: false });
}
