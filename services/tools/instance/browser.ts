import { existsSync } from "node:fs";
import { execa } from "execa";
import { UserError } from "./user-error.ts";

export const CHROMIUM = process.env.WORKSAMPLE_CHROMIUM ?? "/usr/bin/chromium";

/** Makes sure that a Chromium for the browser tests is there; on Debian, as root, installs it. */
export async function ensureBrowser(detail: (text: string) => void): Promise<void> {
  if (existsSync(CHROMIUM)) return;
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!canInstall)
    throw new UserError("The browser tests need Chromium: install it, or name one in WORKSAMPLE_CHROMIUM.");
  detail("installing chromium from Debian's packages");
  const environment = { env: { DEBIAN_FRONTEND: "noninteractive" } };
  await execa("apt-get", ["update", "-q"], environment);
  await execa("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], environment);
}
