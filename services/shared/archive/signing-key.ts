import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from "node:crypto";
import { link, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** The platform's Ed25519 key. */
export interface SigningKey extends PublicKey {
  privateKey: KeyObject;
}

export interface PublicKey {
  /** First 16 hexadecimal digits of the SHA-256 of the SPKI DER. */
  keyId: string;
  /** SPKI DER, base64. */
  publicKey: string;
}

/** Where the public half is, as PEM, beside the private key. */
export function publicKeyFileOf(file: string): string {
  return `${file.replace(/\.pem$/, "")}.pub`;
}

/**
 * Reads the key, or makes it. Several processes may do so at once: one of them wins, all get the same key.
 * @param file PEM, mode 0600. @throws Error when others can read it, or when it is not an Ed25519 key
 */
export async function loadOrCreateSigningKey(file: string): Promise<SigningKey> {
  const key = (await loadSigningKey(file)) ?? (await createSigningKey(file));
  const spki = createPublicKey(key.privateKey).export({ type: "spki", format: "pem" });
  await writeOnce(publicKeyFileOf(file), String(spki), 0o644);
  return key;
}

/** @throws Error when it is not an Ed25519 public key in PEM */
export function readPublicKeyPem(pem: string): PublicKey {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 public key");
  return publicKeyOf(key);
}

/** Base64 of the signature. */
export function signText(text: string, key: SigningKey): string {
  return sign(null, Buffer.from(text), key.privateKey).toString("base64");
}

/** False also for a key or signature that is malformed or not in its canonical base64. */
export function isSignedText(text: string, signature: string, publicKey: PublicKey): boolean {
  const bytes = Buffer.from(signature, "base64");
  const der = Buffer.from(publicKey.publicKey, "base64");
  if (bytes.toString("base64") !== signature || der.toString("base64") !== publicKey.publicKey) return false;
  try {
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    const own = publicKeyOf(key);
    if (key.asymmetricKeyType !== "ed25519" || own.publicKey !== publicKey.publicKey) return false;
    return own.keyId === publicKey.keyId && verify(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

function publicKeyOf(key: KeyObject): PublicKey {
  const der = key.export({ type: "spki", format: "der" });
  const keyId = createHash("sha256").update(der).digest("hex").slice(0, 16);
  return { keyId, publicKey: der.toString("base64") };
}

async function loadSigningKey(file: string): Promise<SigningKey | undefined> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!handle) return undefined;
  try {
    const { mode } = await handle.stat();
    if (mode & 0o077) throw new Error(`${file} can be read by others; run: chmod 600 ${file}`);
    const privateKey = createPrivateKey(await handle.readFile("utf8"));
    if (privateKey.asymmetricKeyType !== "ed25519") throw new Error(`${file} is not an Ed25519 key`);
    return { privateKey, ...publicKeyOf(createPublicKey(privateKey)) };
  } finally {
    await handle.close();
  }
}

async function createSigningKey(file: string): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync("ed25519");
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeOnce(file, String(privateKey.export({ type: "pkcs8", format: "pem" })), 0o600);
  return (await loadSigningKey(file))!;
}

/** Whole or not at all, and never over an existing file: another process may have been faster. */
async function writeOnce(file: string, text: string, mode: number): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  const handle = await open(temporary, "wx", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  } finally {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
  }
}
