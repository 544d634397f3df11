import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";

/**
 * Small signed statements: candidate cookies, workspace tickets and workspace cookies.
 * Form: base64url(JSON payload) "." base64url(HMAC-SHA256(key(purpose), payload)). A token of one purpose is
 * never valid for another, because each purpose has a key of its own.
 */
export class TokenSealer {
  readonly #secret: string;
  /** By purpose, of which the code has a handful: deriving a key costs more than a MAC. */
  readonly #keys = new Map<string, KeyObject>();

  /** @param secret at least 32 characters. */
  constructor(secret: string) {
    if (secret.length < 32) throw new Error("the platform secret needs at least 32 characters");
    this.#secret = secret;
  }

  #mac(purpose: string, text: string): Buffer {
    return createHmac("sha256", this.#keyFor(purpose)).update(text).digest();
  }

  #keyFor(purpose: string): KeyObject {
    const known = this.#keys.get(purpose);
    if (known) return known;
    const bytes = createHmac("sha256", this.#secret).update(`worksample:${purpose}`).digest();
    const key = createSecretKey(bytes);
    this.#keys.set(purpose, key);
    return key;
  }

  seal(purpose: string, payload: Record<string, unknown>): string {
    const text = Buffer.from(JSON.stringify(payload)).toString("base64url");
    return `${text}.${this.#mac(purpose, text).toString("base64url")}`;
  }

  /** The payload, or null when the token is malformed, forged or of another purpose. Expiry is the caller's to check. */
  open(purpose: string, token: string): Record<string, unknown> | null {
    const dot = token.indexOf(".");
    if (dot <= 0) return null;
    const text = token.slice(0, dot);
    const mac = Buffer.from(token.slice(dot + 1), "base64url");
    const expected = this.#mac(purpose, text);
    if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return null;
    // base64url decoding is lenient; only the one canonical spelling of a MAC counts.
    if (expected.toString("base64url") !== token.slice(dot + 1)) return null;
    try {
      const payload: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
      return typeof payload === "object" && payload !== null ? (payload as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }

  /** Truncated MAC for the token of an invitation link; 16 bytes. */
  shortMac(purpose: string, text: string): Buffer {
    return this.#mac(purpose, text).subarray(0, 16);
  }
}
