import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";

const CIPHER = "aes-256-gcm";
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/**
 * Seals bytes that a database may keep and nobody may read there: AES-256-GCM under a key that HKDF-SHA-256 derives
 * from the platform's secret, one for each purpose. What is sealed is bound to the row it belongs to, so that it opens
 * nowhere else: a key moved to another upstream's row is no key.
 *
 * Form: 1 byte format, 12 bytes nonce, 16 bytes tag, ciphertext. Nonces are random, which holds for 2^32 sealings of
 * one purpose (NIST SP 800-38D, 8.3).
 */
export class SecretBox {
  readonly #secret: string;
  readonly #keys = new Map<string, KeyObject>();

  /** @param secret at least 32 characters. */
  constructor(secret: string) {
    if (secret.length < 32) throw new Error("the platform secret needs at least 32 characters");
    this.#secret = secret;
  }

  /**
   * @param purpose a name of the code's, for example `model-key`
   * @param rowId what the bytes belong to; where a row has several of a purpose, with a suffix, for example `<id>:request`
   */
  seal(purpose: string, rowId: string, bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#keyFor(purpose), nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(rowId));
    const sealed = [cipher.update(bytes), cipher.final()];
    return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ...sealed]);
  }

  /** What was sealed; null when it was changed, belongs to another row or purpose, or the secret is another one. */
  open(purpose: string, rowId: string, sealed: Uint8Array): Buffer | null {
    if (sealed.length < HEADER_BYTES || sealed[0] !== FORMAT) return null;
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#keyFor(purpose), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(rowId));
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES));
    const opened = decipher.update(sealed.subarray(HEADER_BYTES));
    try {
      return Buffer.concat([opened, decipher.final()]);
    } catch {
      opened.fill(0);
      return null;
    }
  }

  #keyFor(purpose: string): KeyObject {
    const known = this.#keys.get(purpose);
    if (known) return known;
    const bytes = hkdfSync("sha256", this.#secret, "", `worksample:secret-box:${purpose}`, 32);
    const key = createSecretKey(Buffer.from(bytes));
    this.#keys.set(purpose, key);
    return key;
  }
}
