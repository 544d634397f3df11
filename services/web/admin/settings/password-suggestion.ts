/** No letters that are taken for one another (0 O, 1 l I), so that a password survives being read out. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 5;

type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => unknown;

/**
 * Four groups of five, for example `k7m2p-xw9rt-…`: 100 bits.
 * The alphabet has 32 letters, so the low five bits of a byte choose one without bias.
 */
export function suggestPassword(fill: FillRandom = (bytes) => crypto.getRandomValues(bytes)): string {
  const bytes = new Uint8Array(GROUPS * GROUP_LENGTH);
  fill(bytes);
  const letters = [...bytes].map((byte) => ALPHABET[byte & 31]).join("");
  return letters.match(new RegExp(`.{${GROUP_LENGTH}}`, "g"))!.join("-");
}
