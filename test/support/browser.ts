import { type Browser, chromium } from "playwright-core";
import { CHROMIUM, pageBrowser } from "../../services/tools/instance/browser.ts";

/** Chromium of this machine, without anything that calls home. */
export function launchBrowser(executablePath = CHROMIUM): Promise<Browser> {
  return chromium.launch({
    executablePath,
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

/** The same engine, lighter, for tests that look at pages alone. */
export function launchPageBrowser(): Promise<Browser> {
  return launchBrowser(pageBrowser());
}
