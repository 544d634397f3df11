import type { SecretBox } from "../domain/secret-box.ts";

/** A key is sealed for one upstream at one address: with another address in the row it does not open. */
interface KeyPlace {
  upstreamId: string;
  baseUrl: string;
}

const PURPOSE = "model-key";
/** Of a shorter key the last four characters would be too much of it. */
const HINTED_LENGTH = 12;

export function sealUpstreamKey(box: SecretBox, place: KeyPlace, key: string): Buffer {
  return box.seal(PURPOSE, bindingOf(place), Buffer.from(key));
}

/** The key; null when it was sealed for another upstream or address, or the platform's secret has changed since. */
export function openUpstreamKey(box: SecretBox, place: KeyPlace, sealed: Uint8Array): string | null {
  return box.open(PURPOSE, bindingOf(place), sealed)?.toString() ?? null;
}

function bindingOf({ upstreamId, baseUrl }: KeyPlace): string {
  return `${upstreamId} ${baseUrl}`;
}

/** What tells keys apart on a page: the last four characters of a long one. */
export function keyHintOf(key: string): string {
  return key.length >= HINTED_LENGTH ? key.slice(-4) : "";
}
