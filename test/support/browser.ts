import { type Browser, chromium } from "playwright-core";
import { CHROMIUM } from "../../services/tools/instance/browser.ts";

/** Chromium of this machine, without anything that calls home. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
