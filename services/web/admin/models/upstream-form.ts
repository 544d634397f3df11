import type { UpstreamView } from "../../../shared/contracts/models.ts";

/** What is typed in the dialog of an upstream. */
export interface UpstreamForm {
  name: string;
  baseUrl: string;
  /** Empty: the one that is there stays. */
  apiKey: string;
  /** The upstream wants no key any more. */
  dropsKey: boolean;
}

type Problems = Partial<Record<"name" | "baseUrl" | "apiKey", string>>;

/** What cannot be sent like this. The server says what else is wrong. */
export function missingOf(form: UpstreamForm, upstream: UpstreamView | null): Problems {
  const problems: Problems = {};
  if (form.name.trim() === "") problems.name = "Enter a name.";
  if (upstream?.kind === "mock") return problems;
  if (!/^https?:\/\/[^\s/]+/i.test(form.baseUrl.trim()))
    problems.baseUrl = "Enter an address that begins with http:// or https://.";
  if (upstream?.hasKey && isMoved(form, upstream) && form.apiKey.trim() === "" && !form.dropsKey)
    problems.apiKey = "Give the key again: it goes to no other address than the one it was given for.";
  return problems;
}

export function newOf({ name, baseUrl, apiKey }: UpstreamForm) {
  return { name: name.trim(), baseUrl: baseUrl.trim(), apiKey: apiKey.trim() };
}

/** Only what is different is sent. */
export function changeOf(form: UpstreamForm, upstream: UpstreamView) {
  const { baseUrl, apiKey } = newOf(form);
  return {
    ...(form.name.trim() === upstream.name ? {} : { name: form.name.trim() }),
    ...(upstream.kind !== "mock" && isMoved(form, upstream) ? { baseUrl } : {}),
    ...(form.dropsKey ? { apiKey: "" } : apiKey === "" ? {} : { apiKey }),
  };
}

/** A slash at the end makes no other address. */
function isMoved({ baseUrl }: UpstreamForm, upstream: UpstreamView): boolean {
  return baseUrl.trim().replace(/\/+$/, "") !== upstream.baseUrl;
}
